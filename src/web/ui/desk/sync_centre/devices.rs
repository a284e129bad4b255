//! The card of the team's devices, and the question before retiring one.

use baton_core::app::desk::Msg;
use baton_core::app::desk::sync_centre::Msg as SyncCentre;
use baton_core::app::desk::sync_centre::view::{Device, Shown};
use baton_core::id::DeviceId;
use web_sys::HtmlElement;

use crate::browser::i18n::{ago, full_time, number, tr, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, append, el, set_attr, set_text};
use crate::ui::desk::{Send, card, text};
use crate::ui::widget::{Button, sends, show};

/// The messages of the column headings. The last column has the actions; its heading is for screen readers only.
const COLUMNS: [&str; 4] = [
    "sync_centre_devices_browser",
    "sync_centre_devices_seen",
    "sync_centre_devices_version",
    "sync_centre_devices_state",
];

/// The card of the devices.
pub(super) struct Devices {
    pub(super) node: HtmlElement,
    rows: Rows<DeviceId, Line>,
    pub(super) question: HtmlElement,
    asked: HtmlElement,
    send: Send,
    _retire: Button,
    _cancel: Button,
}

impl Devices {
    pub(super) fn new(send: &Send) -> Devices {
        // Roles are explicit, because a table that CSS lays out as blocks loses its implicit roles.
        let head = el("tr").attr("role", "row");
        for column in COLUMNS {
            append(&head, &text("th", column).attr("role", "columnheader").attr("scope", "col"));
        }
        let what_to_do = el("th").attr("role", "columnheader").attr("scope", "col");
        append(&head, &what_to_do.with(&[&text("span", "sync_centre_devices_actions").class("unseen")]));
        let body = el("tbody").attr("role", "rowgroup");
        let head = el("thead").attr("role", "rowgroup").with(&[&head]);
        let table = el("table").attr("role", "table").with(&[&head, &body]);
        set_attr(&table, "aria-label", Some(&tr("sync_centre_devices_title")));
        let act = |class, name, msg| Button::text(class, &tr(name), sends(send, Msg::SyncCentre(msg)));
        let retire = act("danger-solid", "sync_centre_device_retire", SyncCentre::Retire);
        let cancel = act("", "button_cancel", SyncCentre::Ask(None));
        let asked = el("h3").attr("id", "retire");
        let buttons = el("div").class("row").with(&[&retire.node, &cancel.node]);
        let question = el("div").class("question").attr("role", "group").attr("tabindex", "-1");
        set_attr(&question, "aria-labelledby", Some("retire"));
        let question = question.with(&[&asked, &text("p", "sync_centre_device_retire_text"), &buttons]);
        let hint = text("p", "sync_centre_devices_hint").class("muted");
        let node = card("sync_centre_devices_title").class("card devices").with(&[&table, &question, &hint]);
        let rows = Rows::new(&body);
        Devices { node, rows, question, asked, send: send.clone(), _retire: retire, _cancel: cancel }
    }

    pub(super) fn show(&mut self, view: &Shown) {
        let send = &self.send;
        self.rows.show(&view.devices, |it| it.id, |it| Line::new(it.id, send), Line::show);
        show(&self.question, view.asked.is_some());
        if let Some(name) = &view.asked {
            set_text(&self.asked, &tr_with("sync_centre_device_retire_ask", &[name]));
        }
    }

    /// Returns the button that retires a device.
    pub(super) fn retire(&self, view: &Shown, device: DeviceId) -> Option<HtmlElement> {
        let at = view.devices.iter().position(|it| it.id == device)?;
        Some(self.rows.get(at)?.retire.node.clone())
    }
}

struct Line {
    node: HtmlElement,
    name: HtmlElement,
    here: HtmlElement,
    seen: HtmlElement,
    version: HtmlElement,
    state: HtmlElement,
    retire: Button,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: DeviceId, send: &Send) -> Line {
        let (name, here) = (el("bdi"), text("span", "sync_centre_device_here").class("badge"));
        let [seen, version, state] = [1, 2, 3].map(|at| {
            // In a narrow window, CSS shows this label in each cell.
            el("td").attr("role", "cell").attr("data-label", &tr(COLUMNS[at]))
        });
        let retire = Button::text(
            "",
            &tr("sync_centre_device_retire"),
            sends(send, Msg::SyncCentre(SyncCentre::Ask(Some(id)))),
        );
        let node = el("tr").attr("role", "row").with(&[
            &el("th").attr("role", "rowheader").attr("scope", "row").with(&[&name, &here]),
            &seen,
            &version,
            &state,
            &el("td").attr("role", "cell").with(&[&retire.node]),
        ]);
        Line { node, name, here, seen, version, state, retire }
    }

    fn show(&mut self, view: &Device) {
        set_text(&self.name, &view.name);
        show(&self.here, view.is_me);
        set_text(&self.seen, &if view.seen == 0 { tr("sync_centre_never") } else { ago(view.seen) });
        set_attr(&self.seen, "title", (view.seen > 0).then(|| full_time(view.seen)).as_deref());
        let (seq, bytes) = view.version;
        let version =
            tr_with("sync_centre_device_version", &[&number(seq as usize), &number(bytes as usize)]);
        set_text(&self.version, &version);
        let states: Vec<String> = view.states.iter().map(|state| tr(state)).collect();
        let fine = || tr("sync_centre_device_fine");
        set_text(&self.state, &if states.is_empty() { fine() } else { states.join(" ") });
        show(&self.retire.node, view.retirable);
        let label = tr_with("sync_centre_device_retire_label", &[&view.name]);
        set_attr(&self.retire.node, "aria-label", Some(&label));
    }
}

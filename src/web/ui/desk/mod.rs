//! The desk's surface: the navigation, the current section, the notice, the status line and the toast.

mod change;
pub(crate) mod choose;
mod field;
mod fields;
mod files;
mod help;
mod me;
mod replies;
mod sync_centre;
mod tags;
mod team;

use std::rc::Rc;

use baton_core::app;
use baton_core::app::desk::view::{Body, View};
use baton_core::app::desk::{Msg, Section, Spot};
use baton_core::app::notices::view::NoticeAction;
use baton_core::app::notices::view::Status;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

pub(crate) use self::choose::{Purpose, files as files_of};
use self::fields::Fields;
use self::files::Files;
use self::me::Me;
use self::replies::Replies;
use self::sync_centre::Sync;
use self::tags::Tags;
use super::icons::{Icon, icon};
use super::widget::{Button, sends, show};
use crate::browser::i18n::{ago, full_time, localise, tr, tr_with};
use crate::dom::{Build, append, document, el, set_attr, set_flag, set_text};

/// A callback for the messages of the desk's widgets.
pub(crate) type Send = Rc<dyn Fn(Msg)>;

/// A callback for files that were chosen, dropped or pasted.
pub(crate) type Take = Rc<dyn Fn(Vec<web_sys::File>, Purpose)>;

/// The whole desk.
pub(crate) struct Surface {
    nav: HtmlElement,
    links: Vec<(Section, HtmlElement)>,
    heading: HtmlElement,
    notice: HtmlElement,
    notice_text: HtmlElement,
    again: Button,
    starting: HtmlElement,
    no_team: HtmlElement,
    gone: HtmlElement,
    me: Me,
    tags: Tags,
    fields: Fields,
    files: Files,
    replies: Replies,
    sync: Sync,
    status: HtmlElement,
    toast: HtmlElement,
    toast_text: HtmlElement,
    undo: Button,
    _reload: Button,
}

impl Surface {
    /// Draws the desk into `host`, whose content it replaces.
    pub(crate) fn new(host: &Element, send: &Send, take: &Take, mac: bool) -> Surface {
        let links: Vec<(Section, HtmlElement)> = Section::ALL
            .into_iter()
            .map(|(section, name, words)| {
                let link = el("a").attr("href", &format!("#{name}"));
                append(&link, &icon(icon_of(section), 16));
                append(&link, &text("span", words));
                (section, link)
            })
            .collect();
        let list = el("ul");
        for (_, link) in &links {
            append(&list, &el("li").with(&[link]));
        }
        let nav = el("nav").attr("aria-label", &tr("desk_nav")).with(&[&list]);
        let status = el("p").class("status");
        let logo = el("img").attr("src", "icons/icon.svg").attr("alt", "").class("logo");
        let brand = el("p").class("brand").with(&[&logo, &el("span").text("Baton")]);
        let side = el("header").class("side").with(&[&brand, &nav, &status]);

        let heading = el("h1").attr("tabindex", "-1");
        let again =
            Button::text("", &tr("notices_again"), sends(send, Msg::Context(app::context::Msg::SyncNow)));
        let notice_text = el("p");
        let notice = el("div").class("notice").attr("role", "status");
        append(&notice, &icon(Icon::Alert, 20));
        let notice = notice.with(&[&notice_text, &again.node]);
        let starting = text("p", "status_starting").class("empty late");
        let steps = el("ol").with(&[
            &text("li", "desk_no_team_open"),
            &text("li", "desk_no_team_wait"),
            &text("li", "desk_no_team_back"),
        ]);
        let no_team = el("section").class("narrow card").with(&[&text("p", "desk_no_team_text"), &steps]);
        let reload = Button::text("primary", &tr("desk_gone_reload"), || {
            let reloaded = web_sys::window().map(|window| window.location().reload());
            drop(reloaded);
        });
        let gone = el("section").class("narrow card").with(&[&text("p", "desk_gone_text")]);
        append(&gone, &reload.node);

        let (me, tags) = (Me::new(send), Tags::new(send));
        let (fields, files) = (Fields::new(send), Files::new(send, take));
        let (replies, sync) = (Replies::new(send, take), Sync::new(send, take, mac));
        let main = el("main").with(&[&heading, &notice, &starting, &no_team, &gone]);
        for section in [&me.node, &tags.node, &fields.node, &files.node, &replies.node, &sync.node] {
            append(&main, section);
        }
        let toast_text = el("span");
        let undo =
            Button::text("quiet", &tr("button_undo"), sends(send, Msg::Context(app::context::Msg::Undo)));
        // The status element always exists: screen readers do not announce one that is added together with its text.
        let toast = el("div").class("toast").attr("role", "status").with(&[&toast_text, &undo.node]);
        host.set_text_content(None);
        for part in [&side, &main, &toast] {
            append(host, part);
        }
        Surface {
            nav,
            links,
            heading,
            notice,
            notice_text,
            again,
            starting,
            no_team,
            gone,
            me,
            tags,
            fields,
            files,
            replies,
            sync,
            status,
            toast,
            toast_text,
            undo,
            _reload: reload,
        }
    }

    pub(crate) fn show(&mut self, view: &View) {
        let section = Section::ALL.iter().find(|(section, ..)| *section == view.section);
        let title = match view.body {
            Body::NoTeam => "desk_no_team_title",
            Body::Gone => "desk_gone_title",
            _ => section.map_or("", |(_, _, words)| words),
        };
        let title = tr(title);
        show(&self.nav, !matches!(view.body, Body::NoTeam | Body::Gone));
        set_text(&self.heading, &title);
        let page = format!("{title} · Baton");
        if document().title() != page {
            document().set_title(&page);
        }
        for (section, link) in &self.links {
            set_attr(link, "aria-current", (*section == view.section).then_some("page"));
        }
        show(&self.notice, view.notice.is_some());
        if let Some(notice) = &view.notice {
            set_text(&self.notice_text, &localise(&notice.words));
            let again = notice.action.as_ref().is_some_and(|(_, it)| *it == NoticeAction::SyncNow);
            show(&self.again.node, again);
        }
        let shown = self.body(view);
        let nodes = [
            &self.starting,
            &self.no_team,
            &self.gone,
            &self.me.node,
            &self.tags.node,
            &self.fields.node,
            &self.files.node,
            &self.replies.node,
            &self.sync.node,
        ];
        for node in nodes {
            show(node, *node == shown);
        }
        if view.notice.is_some() {
            // The notice already says why there is no answer, so the text "starting" is hidden.
            show(&self.starting, false);
        }
        let (words, at) = match view.status {
            // This status also occurs while there is no team, and then nothing is starting.
            Status::Starting => (String::new(), None),
            Status::Saving => (tr("status_saving"), None),
            Status::Waiting => (tr("status_waiting"), None),
            Status::Alone => (tr("status_alone"), None),
            Status::Synced(at) => (tr_with("status_synced", &[&ago(at)]), Some(at)),
        };
        set_text(&self.status, &words);
        set_attr(&self.status, "title", at.map(full_time).as_deref());

        let toast = view.toast.as_ref();
        set_text(&self.toast_text, &toast.map(|toast| localise(&toast.words)).unwrap_or_default());
        set_flag(&self.toast, "data-shown", toast.is_some());
        set_flag(&self.toast, "data-bad", toast.is_some_and(|toast| toast.bad));
        show(&self.undo.node, toast.is_some_and(|toast| toast.undo));
    }

    /// Draws the current section and returns its node.
    fn body(&mut self, view: &View) -> HtmlElement {
        match &view.body {
            Body::NoTeam => self.no_team.clone(),
            Body::Gone => self.gone.clone(),
            Body::Me(me, members) => {
                self.me.show(me, members);
                self.me.node.clone()
            }
            Body::Tags(tags) => {
                self.tags.show(tags);
                self.tags.node.clone()
            }
            Body::Fields(fields) => {
                self.fields.show(fields);
                self.fields.node.clone()
            }
            Body::Files(import) => {
                self.files.show(import);
                self.files.node.clone()
            }
            Body::Replies(replies) => {
                self.replies.show(replies);
                self.replies.node.clone()
            }
            Body::Sync(sync) => {
                self.sync.show(sync, &view.status, view.layout, view.keys);
                self.sync.node.clone()
            }
            Body::Starting => self.starting.clone(),
        }
    }

    /// Focuses the node of a spot, or the heading if that node is not on screen.
    pub(crate) fn focus(&self, spot: Spot, view: &View) {
        let node = match (spot, &view.body) {
            (Spot::Tag(tag), Body::Tags(tags)) => self.tags.field(tags, tag),
            (Spot::NewTag, _) => Some(self.tags.new.node.clone()),
            (spot, Body::Fields(fields)) => self.fields.spot(spot, fields),
            (Spot::Preview, _) => Some(self.files.preview.clone()),
            (Spot::Reply(reply), Body::Replies(replies)) => self.replies.row(replies, reply),
            (Spot::Search, _) => Some(self.replies.search.node.clone()),
            (Spot::Title, _) => Some(self.replies.editor.title.node.clone()),
            (Spot::Versions, _) => Some(self.replies.editor.versions()),
            (spot, Body::Sync(sync)) => self.sync.spot(spot, sync),
            _ => None,
        };
        let _ = node.unwrap_or_else(|| self.heading.clone()).focus();
    }
}

fn icon_of(section: Section) -> Icon {
    match section {
        Section::Me => Icon::Hand,
        Section::Tags => Icon::Tag,
        Section::Replies => Icon::Pencil,
        Section::Fields => Icon::Braces,
        Section::Files => Icon::Download,
        Section::Sync => Icon::ArrowRightLeft,
    }
}

/// Creates an element with the text of a message.
fn text(tag: &str, name: &'static str) -> HtmlElement {
    el(tag).text(&tr(name))
}

/// Creates a card with a heading.
fn card(name: &'static str) -> HtmlElement {
    el("div").class("card").with(&[&text("h2", name)])
}

/// For an arrow key, returns whether it points down, and whether Alt is held, which moves the focused item. Returns
/// `None` for other keys.
fn arrow(event: &Event) -> Option<(bool, bool)> {
    let key = event.dyn_ref::<KeyboardEvent>()?;
    if key.is_composing() || key.ctrl_key() || key.meta_key() || key.shift_key() {
        return None;
    }
    match key.key().as_str() {
        "ArrowDown" => Some((true, key.alt_key())),
        "ArrowUp" => Some((false, key.alt_key())),
        _ => None,
    }
}

/// Sets the width of a meter's bar.
fn fill(bar: &HtmlElement, used: usize, limit: usize) {
    let percent = (used * 100 / limit.max(1)).min(100);
    let width = format!("{percent}%");
    if bar.style().get_property_value("inline-size").ok().as_deref() != Some(&width) {
        let _ = bar.style().set_property("inline-size", &width);
    }
}

//! The Sync centre: the state of sync, the devices, conflicts, packets, backups, and the help.

mod codes;
mod conflicts;
mod devices;

mod packet;
mod restore;
mod room;
mod state;

use baton_core::app::desk::Spot;
use baton_core::app::desk::sync_centre::view::Shown;
use baton_core::app::keys::Keys;
use baton_core::app::notices::view::Status;
use web_sys::HtmlElement;

use self::conflicts::Conflicts;
use self::devices::Devices;
use self::packet::Packet;
use self::restore::Restore;
use self::room::RoomCard;
use self::state::State;
use super::help::Help;
use super::{Send, Take};
use crate::dom::{Build, el};

/// The section of the Sync centre.
pub(crate) struct Sync {
    pub(crate) node: HtmlElement,
    room: RoomCard,
    state: State,
    devices: Devices,
    conflicts: Conflicts,
    packet: Packet,
    restore: Restore,
    help: Help,
}

impl Sync {
    pub(crate) fn new(send: &Send, take: &Take, mac: bool) -> Sync {
        let (room, state, devices) = (RoomCard::new(send), State::new(send), Devices::new(send));
        let (conflicts, packet) = (Conflicts::new(), Packet::new(send, take));
        let (restore, help) = (Restore::new(send, take), Help::new(send, mac));
        let node = el("section").class("narrow").with(&[
            &room.node,
            &state.node,
            &devices.node,
            &conflicts.node,
            &packet.node,
            &restore.node,
            &help.keys,
            &help.about,
        ]);
        Sync { node, room, state, devices, conflicts, packet, restore, help }
    }

    pub(crate) fn show(&mut self, view: &Shown, status: &Status, layout: Option<u32>, keys: Keys) {
        self.room.show(view);
        self.state.show(view, status);
        self.devices.show(view);
        self.conflicts.show(&view.conflicts);
        self.packet.show(view);
        self.restore.show(view);
        self.help.show(layout, keys);
    }

    /// Returns the node to focus for a spot in this section.
    pub(crate) fn spot(&self, spot: Spot, view: &Shown) -> Option<HtmlElement> {
        match spot {
            Spot::Retire => Some(self.devices.question.clone()),
            Spot::Device(device) => self.devices.retire(view, device),
            Spot::Codes => Some(self.packet.codes.node.clone()),
            Spot::ShowCodes => Some(self.packet.codes_button()),
            Spot::Restore => Some(self.restore.preview.clone()),
            _ => None,
        }
    }
}

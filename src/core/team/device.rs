//! Devices: the browsers of a team.

use crate::id::{DeviceId, MemberId};
use crate::replica::{Key, Value};
use crate::team::Team;
use crate::team::member::Member;

/// The content of the registers of a device. [`Key::DeviceRetired`] is missing, because only the hub uses it.
#[derive(Clone, Debug, Default)]
pub(super) struct DeviceRegisters {
    about: String,
    member: Option<MemberId>,
    uses: String,
}

impl DeviceRegisters {
    /// Applies a register of the device.
    pub(super) fn set(&mut self, key: &Key, value: &Value) {
        match key {
            Key::DeviceAbout(_) => self.about = value.as_text().to_owned(),
            Key::DeviceMember(_) => self.member = value.as_id().map(MemberId),
            Key::DeviceUses(_) => self.uses = value.as_text().to_owned(),
            _ => {}
        }
    }
}

impl Team {
    /// Returns the description that a browser publishes of itself.
    pub fn device(&self, id: DeviceId) -> Option<&str> {
        self.devices.get(&id).map(|registers| registers.about.as_str())
    }

    /// Returns the member who uses a browser.
    pub fn member_at(&self, device: DeviceId) -> Option<Member> {
        self.member(self.devices.get(&device)?.member?)
    }

    /// Returns the use counts that each browser published; see [`crate::uses::Totals`].
    pub fn uses(&self) -> impl Iterator<Item = &str> {
        self.devices.values().map(|registers| registers.uses.as_str())
    }
}

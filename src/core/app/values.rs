//! The values that replies are filled with.

use crate::app::context::Context;
use crate::replica::Value;
use crate::team::hours::{self, LocalMinute, Week};
use crate::template::{self, Values};

impl Context {
    /// Calls `then` with the values that a reply can be filled with. `name` is the title of a chat.
    pub(super) fn with_values<T>(
        &self,
        name: Option<&str>,
        clipboard: Option<&str>,
        then: impl FnOnce(&Values) -> T,
    ) -> T {
        let agent = self.myself().map(|me| me.name);
        let (now, locale) = (self.now, self.locale);
        let fields = self.team().fields();
        then(&Values {
            name,
            agent: agent.as_deref(),
            greeting: &|| (locale.greeting)(now),
            date: &|days| (locale.date)(now, days),
            time: &|| (locale.time)(now),
            eta: &|| self.promised(),
            clipboard,
            field: &|name| {
                let field = fields.iter().find(|(_, field)| template::fold(&field.name) == name);
                field.map(|(_, field)| field.value.clone())
            },
        })
    }

    /// The time by which the team promises an answer, counted in working minutes from now. `None` until a lead has set
    /// the promised time.
    fn promised(&self) -> Option<String> {
        let team = self.team();
        let Some(Value::Number(minutes)) = team.setting(&hours::PROMISE) else { return None };
        let week = match team.setting(&hours::HOURS) {
            Some(Value::Text(hours)) => Week::parse(hours).ok().filter(|week| !week.is_empty()),
            _ => None,
        };
        let (day, minute) = (self.locale.local)(self.now);
        let due =
            week.unwrap_or_else(Week::always).promised(LocalMinute { weekday: day, minute }, *minutes)?;
        Some((self.locale.due)(self.now, due.days, due.minute))
    }
}

//! Alarms: the only timers that survive when the browser stops the hub. The name of an alarm is `job/account`.

use js_sys::{Object, Reflect};

use super::runtime::call;

/// A job that an alarm wakes the hub for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// Publish the pending changes of an account.
    Publish,
}

impl Job {
    /// All jobs, with their names in alarms.
    const ALL: [(Job, &str); 1] = [(Job::Publish, "publish")];

    fn name(self) -> &'static str {
        Job::ALL.iter().find(|(job, _)| *job == self).map_or("", |(_, name)| name)
    }
}

/// Wakes the hub for a job of an account after `minutes`, even if it has been killed meanwhile. The least a browser
/// grants is half a minute.
pub(crate) fn set(job: Job, account: &str, minutes: f64) {
    let when = Object::new();
    let _ = Reflect::set(&when, &"delayInMinutes".into(), &minutes.into());
    // If this fails, the hub does the job when it next wakes for any other reason.
    let _ = call(&["alarms"], "create", &[name(job, account).into(), when.into()]);
}

/// Clears the alarm for a job of an account.
pub(crate) fn clear(job: Job, account: &str) {
    clear_name(&name(job, account));
}

/// Clears the alarm with this name.
pub(crate) fn clear_name(name: &str) {
    let _ = call(&["alarms"], "clear", &[name.into()]);
}

/// The job and the account of an alarm; `None` if another version of Baton named it.
pub(crate) fn parse(name: &str) -> Option<(Job, String)> {
    let (job, account) = name.split_once('/')?;
    let (job, _) = Job::ALL.iter().find(|(_, name)| *name == job)?;
    Some((*job, account.to_owned()))
}

fn name(job: Job, account: &str) -> String {
    [job.name(), "/", account].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_job_and_the_account() {
        for (job, _) in Job::ALL {
            for account in ["4915112345678@c.us", "1@lid", "with/slash", ""] {
                assert_eq!(parse(&name(job, account)), Some((job, account.to_owned())));
            }
        }
        for other in ["4915112345678@c.us", "later/1@lid", "/1@lid", "publish", ""] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}

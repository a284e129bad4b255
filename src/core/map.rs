//! A map stored as a sorted vector.
//!
//! The maps of this crate are small, or filled in the order of their keys, so that inserting is appending. A B-tree would
//! be faster only for other uses, and adds kilobytes of Wasm for every type that is put into one.

use core::borrow::Borrow;

/// Pairs sorted by key. Each key occurs once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V> {
    pairs: Vec<(K, V)>,
}

/// An iterator over the pairs, in the order of the keys.
pub type Iter<'a, K, V> = core::iter::Map<core::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

impl<K, V> Map<K, V> {
    /// An empty map.
    pub const fn new() -> Map<K, V> {
        Map { pairs: Vec::new() }
    }

    /// The number of pairs.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether the map has no pairs.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs, in the order of the keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.pairs.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in ascending order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.pairs.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.pairs.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Merges in many pairs in linear time. They must be sorted by key, without duplicates and without keys that the map
    /// already has.
    pub fn add(&mut self, pairs: Vec<(K, V)>) {
        let both = self.pairs.len() + pairs.len();
        let mut old = core::mem::take(&mut self.pairs).into_iter();
        self.pairs.reserve_exact(both);
        for pair in pairs {
            let before = old.as_slice().iter().take_while(|(key, _)| *key < pair.0).count();
            self.pairs.extend(old.by_ref().take(before));
            self.pairs.push(pair);
        }
        self.pairs.extend(old);
    }

    /// The pairs, in the order of the keys, with mutable values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.pairs.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Keeps only the pairs for which `holds` is true.
    pub fn retain(&mut self, mut holds: impl FnMut(&K, &mut V) -> bool) {
        self.pairs.retain_mut(|(key, value)| holds(key, value));
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.pairs.binary_search_by(|(it, _)| it.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.pairs.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    /// The value of a key, mutable.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key).ok()?;
        self.pairs.get_mut(at).map(|(_, value)| value)
    }

    /// The value of a key, mutable, for lookups in ascending order of keys. `from` is the index where the last lookup
    /// ended, and 0 at first. The search gallops from there, so it is quicker the nearer the key is.
    pub fn get_mut_from(&mut self, from: &mut usize, key: &K) -> Option<&mut V> {
        let rest = self.pairs.get(*from..).unwrap_or_default();
        let mut most = 1;
        while rest.get(most).is_some_and(|(it, _)| it < key) {
            most *= 2;
        }
        let near = rest.get(most / 2..rest.len().min(most + 1)).unwrap_or_default();
        let place = near.binary_search_by(|(it, _)| it.cmp(key));
        *from += most / 2 + place.unwrap_or_else(|at| at);
        place.ok()?;
        self.pairs.get_mut(*from).map(|(_, value)| value)
    }

    /// Whether the map has a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// Sets the value of a key, and returns the old one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(core::mem::replace(&mut self.pairs[at].1, value)),
            Err(at) => {
                self.pairs.insert(at, (key, value));
                None
            }
        }
    }

    /// The value of a key, mutable. Inserts the default if the key is missing.
    pub fn entry(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.place(&key).unwrap_or_else(|at| {
            self.pairs.insert(at, (key, V::default()));
            at
        });
        &mut self.pairs[at].1
    }

    /// Removes a key, and returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key).ok()?;
        Some(self.pairs.remove(at).1)
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, pairs: T) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(pairs: T) -> Self {
        let mut map = Map::new();
        map.extend(pairs);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.pairs.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::Map;

    proptest! {
        #[test]
        fn it_is_a_map(steps in prop::collection::vec((0..20u8, prop::option::of(any::<u8>())), 0..100)) {
            let (mut map, mut model) = (Map::new(), BTreeMap::new());
            for (key, value) in steps {
                match value {
                    Some(value) => prop_assert_eq!(map.insert(key, value), model.insert(key, value)),
                    None => prop_assert_eq!(map.remove(&key), model.remove(&key)),
                }
                prop_assert_eq!(map.get(&key), model.get(&key));
                prop_assert!(map.iter().eq(model.iter()));
            }
            let again: Map<u8, u8> = model.into_iter().collect();
            prop_assert_eq!(again, map);
        }

        #[test]
        fn adding_many_is_inserting_each(old in prop::collection::btree_map(0..40u8, any::<u8>(), 0..20),
            new in prop::collection::btree_map(0..40u8, any::<u8>(), 0..20)) {
            let new: Vec<(u8, u8)> = new.into_iter().filter(|(key, _)| !old.contains_key(key)).collect();
            let mut at_once: Map<u8, u8> = old.into_iter().collect();
            let mut one_by_one = at_once.clone();
            at_once.add(new.clone());
            one_by_one.extend(new);
            prop_assert_eq!(one_by_one, at_once);
        }

        #[test]
        fn what_is_asked_for_in_order_is_found(
            pairs in prop::collection::btree_map(0..200u8, any::<u8>(), 0..150),
            keys in prop::collection::btree_set(0..200u8, 0..60),
        ) {
            let mut map: Map<u8, u8> = pairs.clone().into_iter().collect();
            let mut from = 0;
            for key in keys {
                prop_assert_eq!(map.get_mut_from(&mut from, &key).copied(), pairs.get(&key).copied(), "{}", key);
            }
        }

        #[test]
        fn what_is_asked_for_is_there(keys in prop::collection::vec(0..20u8, 0..100)) {
            let (mut map, mut model) = (Map::<u8, u32>::new(), BTreeMap::<u8, u32>::new());
            for key in keys {
                *map.entry(key) += 1;
                *model.entry(key).or_default() += 1;
            }
            prop_assert!(map.iter().eq(model.iter()));
        }
    }
}

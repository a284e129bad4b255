// The rivals, each with what its documentation says for long lists, several fields, typos and words in any order. All
// are given the same fields. Each makes a search of the replies: a function from what is typed to the indices of the
// best twenty.

import uFuzzy from "@leeoniya/ufuzzy";
import Fuse from "fuse.js";
import { Fzf, extendedMatch } from "fzf";
import { matchSorter } from "match-sorter";

const MOST = 20;

// One text of all fields, the most telling ones first, for those that know no fields.
const joined = ({ title, shortcut, folder, tags, body }) => [title, shortcut, folder, ...tags, body].join(" ");

// Its universal variant for all scripts, one error a word, words in any order (up to five, its limit), accents taken out
// of both sides by its own means. It ranks up to a thousand matches, which is its default, and lists more as they come.
const ufuzzy = (replies) => {
  const haystack = uFuzzy.latinize(replies.map(joined));
  const search = new uFuzzy({
    unicode: true,
    interSplit: "[^\\p{L}\\d']+",
    intraSplit: "\\p{Ll}\\p{Lu}",
    intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
    intraChars: "[\\p{L}\\d']",
    intraContr: "'\\p{L}{1,2}\\b",
    intraMode: 1,
  });
  return (query) => {
    const [found, info, order] = search.search(haystack, uFuzzy.latinize(query), 5);
    return order ? order.slice(0, MOST).map((n) => info.idx[n]) : (found ?? []).slice(0, MOST);
  };
};

// Its second algorithm, words in any order, accents taken out. With equal scores the earlier match goes first.
const fzf = (replies) => {
  const search = new Fzf(
    replies.map((reply, index) => ({ index, text: joined(reply) })),
    {
      selector: (it) => it.text,
      fuzzy: "v2",
      match: extendedMatch,
      casing: "case-insensitive",
      normalize: true,
      limit: MOST,
      tiebreakers: [(a, b) => a.start - b.start],
    },
  );
  return (query) => search.find(query).map((it) => it.item.index);
};

const KEYS = [
  { name: "title", weight: 3 },
  { name: "shortcut", weight: 3 },
  { name: "folder", weight: 1 },
  { name: "tags", weight: 1 },
  { name: "body", weight: 1 },
];

// Its search by words, which is what it has for several fields and typos; all words have to match.
const fuse = (replies) => {
  const search = new Fuse(replies, {
    keys: KEYS,
    threshold: 0.3,
    ignoreLocation: true,
    ignoreDiacritics: true,
    useTokenSearch: true,
    tokenMatch: "all",
  });
  return (query) => search.search(query, { limit: MOST }).map((it) => it.refIndex);
};

// Its recipe for several words: the best of one are sorted by the next. Accents are taken out unless told otherwise.
const match_sorter = (replies) => {
  const keys = ["title", "shortcut", "folder", "tags", "body"];
  const rows = replies.map((reply, index) => ({ ...reply, index }));
  return (query) => {
    const words = query.split(" ").filter((word) => word);
    const found = words.reduceRight((rows, word) => matchSorter(rows, word, { keys }), rows);
    return found.slice(0, MOST).map((it) => it.index);
  };
};

globalThis.rivals = { ufuzzy, fzf, fuse, match_sorter };

//! Replies as shops and repair counters write them, in English, Portuguese and Chinese, and labelled queries: what
//! somebody types to find one of them, and which of them are right.
//!
//! All of it follows from [`SEED`]. What is right follows from how a query was derived from a reply, never from what
//! some search finds.

mod queries;

pub use queries::{KINDS, Query, queries};

/// Of the replies and the queries.
pub const SEED: u64 = 20_260_711;
/// How many replies there are.
pub const REPLIES: usize = 10_000;

const ENGLISH: &str = include_str!("english.tsv");
const PORTUGUESE: &str = include_str!("portuguese.tsv");
const CHINESE: &str = include_str!("chinese.tsv");
const PRODUCTS: &str = include_str!("products.tsv");

const CITIES: [[&str; 24]; 3] = [
    [
        "Leeds",
        "Cardiff",
        "Bristol",
        "Dublin",
        "Galway",
        "Norwich",
        "Exeter",
        "Boston",
        "Denver",
        "Austin",
        "Portland",
        "Oakland",
        "Calgary",
        "Halifax",
        "Perth",
        "Hobart",
        "Auckland",
        "Durban",
        "Nairobi",
        "Accra",
        "Rotterdam",
        "Antwerp",
        "Hamburg",
        "Malmö",
    ],
    [
        "Lisboa",
        "Porto",
        "Braga",
        "Coimbra",
        "Faro",
        "Évora",
        "Guimarães",
        "Setúbal",
        "Leiria",
        "Viseu",
        "Aveiro",
        "Funchal",
        "São Paulo",
        "Curitiba",
        "Recife",
        "Salvador",
        "Brasília",
        "Belém",
        "Goiânia",
        "Maceió",
        "Luanda",
        "Maputo",
        "Praia",
        "Macau",
    ],
    [
        "北京",
        "上海",
        "广州",
        "深圳",
        "成都",
        "杭州",
        "武汉",
        "西安",
        "南京",
        "重庆",
        "天津",
        "苏州",
        "长沙",
        "郑州",
        "青岛",
        "沈阳",
        "宁波",
        "厦门",
        "昆明",
        "合肥",
        "福州",
        "大连",
        "济南",
        "哈尔滨",
    ],
];

const TAGS: [[&str; 8]; 3] = [
    ["Urgent", "VIP", "Wholesale", "Needs photo", "Courier", "Evening shift", "Template", "Check stock"],
    [
        "Urgente",
        "Cliente fiel",
        "Revenda",
        "Com fotografia",
        "Correio",
        "Turno da noite",
        "Modelo",
        "Ver estoque",
    ],
    ["加急", "老客户", "批发", "需要照片", "快递", "晚班", "模板", "核对库存"],
];

/// What a reply ends with.
const CLOSINGS: [[&str; 12]; 3] = [
    [
        "Anything else?",
        "Have a lovely day!",
        "Thanks for your patience.",
        "Best, {agent}",
        "Just reply here.",
        "We are open until six.",
        "Greetings from the whole team.",
        "A photo would help us.",
        "Please confirm briefly.",
        "Let us know how it went.",
        "Closed on public holidays.",
        "Prices include tax.",
    ],
    [
        "Mais alguma questão?",
        "Tenha um ótimo dia!",
        "Obrigado pela compreensão.",
        "Cumprimentos, {agent}",
        "Basta responder aqui.",
        "Estamos abertos até às seis.",
        "Saudações de toda a equipa.",
        "Uma fotografia ajudaria.",
        "Confirme, por favor.",
        "Conte-nos como correu.",
        "Fechado aos feriados.",
        "Os preços incluem impostos.",
    ],
    [
        "还有其他需要吗？",
        "祝您生活愉快！",
        "感谢您的理解。",
        "客服{agent}",
        "直接回复这里即可。",
        "我们营业到晚上六点。",
        "全体同事祝您顺利。",
        "有照片会更快。",
        "麻烦确认一下。",
        "期待您的反馈。",
        "节假日休息。",
        "价格含税。",
    ],
];

const SYLLABLES: [&str; 20] = [
    "nor", "vik", "ta", "li", "na", "bru", "mo", "ker", "sta", "del", "fi", "ro", "zan", "pel", "ha", "gri",
    "tus", "wen", "ola", "mar",
];

/// A reply, and which language it is in: 0 is English, 1 Portuguese, 2 Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What it is called; no other is called the same.
    pub title: String,
    /// What is typed for it; no other has the same.
    pub shortcut: String,
    /// What is inserted: a hundred characters or so, and about half as many Chinese ones.
    pub body: String,
    /// Where it is kept.
    pub folder: String,
    /// What it is tagged with.
    pub tags: Vec<String>,
    /// Its language.
    pub language: usize,
}

/// All replies, in an order of chance.
pub fn replies() -> Vec<Reply> {
    let mut rng = fastrand::Rng::with_seed(SEED);
    let products: Vec<Vec<&str>> = PRODUCTS.lines().map(|line| line.split('\t').collect()).collect();
    let mut replies = Vec::new();
    for (language, intents) in [ENGLISH, PORTUGUESE, CHINESE].into_iter().enumerate() {
        let (kinds, things) = (&products[2 * language], &products[2 * language + 1]);
        for intent in intents.lines() {
            let mut number = 0;
            for thing in things {
                for kind in kinds {
                    number += 1;
                    replies.push(reply(language, intent, kind, thing, number, &mut rng));
                }
            }
        }
    }
    rng.shuffle(&mut replies);
    replies.truncate(REPLIES);
    replies
}

fn reply(
    language: usize,
    intent: &str,
    kind: &str,
    thing: &str,
    number: usize,
    rng: &mut fastrand::Rng,
) -> Reply {
    let fields: Vec<&str> = intent.split('\t').collect();
    let product = match language {
        0 => format!("{kind} {thing}"),
        1 => format!("{thing} {kind}"),
        _ => format!("{kind}{thing}"),
    };
    let title = match language {
        2 => format!("{}：{product}", fields[0]),
        _ => format!("{}: {product}", fields[0]),
    };
    let pick = |from: &[&str], rng: &mut fastrand::Rng| from[rng.usize(..from.len())].to_owned();
    let body = format!("{} {}", fields[3 + rng.usize(..2)], pick(&CLOSINGS[language], rng))
        .replace("{p}", &product)
        .replace("{n}", &rng.u32(2..29).to_string())
        .replace("{c}", &pick(&CITIES[language], rng))
        .replace("{r}", &format!("{}{}", char::from(rng.u8(b'A'..=b'Z')), rng.u32(10_000..99_999)))
        .replace("{b}", &brand(rng));
    let mut tags: Vec<String> = (0..rng.usize(..3)).map(|_| pick(&TAGS[language], rng)).collect();
    tags.sort();
    tags.dedup();
    Reply {
        title,
        shortcut: format!("{}{number}", fields[1]),
        body,
        folder: fields[2].to_owned(),
        tags,
        language,
    }
}

/// A name as makers give themselves.
fn brand(rng: &mut fastrand::Rng) -> String {
    let name: String = (0..rng.usize(2..4)).map(|_| SYLLABLES[rng.usize(..SYLLABLES.len())]).collect();
    name[..1].to_uppercase() + &name[1..]
}

/// The characters of the first level of GB 2312, as a browser decodes them.
pub fn sorted_characters() -> String {
    let mut bytes = Vec::new();
    for row in 0xb0..=0xd7_u8 {
        for column in 0xa1..=if row == 0xd7 { 0xf9 } else { 0xfe_u8 } {
            bytes.extend([row, column]);
        }
    }
    encoding_rs::GBK.decode(&bytes).0.into_owned()
}

#[cfg(test)]
mod tests;

//! Detection of a table's columns.

use crate::letters::plain;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Shortcut,
    Body,
    Folder,
    Tags,
}

/// Column names in English, Portuguese, Spanish and Chinese, without accents. A name of several words gets the first role
/// here that has one of them: "short code" is a shortcut, "message title" is a title.
const WORDS: [(Role, &[&str]); 5] = [
    (
        Role::Shortcut,
        &[
            "shortcut",
            "shortcuts",
            "code",
            "shortcode",
            "trigger",
            "abbreviation",
            "keyword",
            "atalho",
            "atajo",
            "codigo",
            "gatilho",
            "abreviatura",
            "快捷码",
            "快捷键",
            "快捷方式",
            "快捷词",
            "简码",
            "编码",
            "代码",
        ],
    ),
    (
        Role::Folder,
        &[
            "folder",
            "category",
            "group",
            "pasta",
            "categoria",
            "grupo",
            "carpeta",
            "分组",
            "分类",
            "文件夹",
            "类别",
            "目录",
        ],
    ),
    (Role::Tags, &["tags", "tag", "labels", "etiquetas", "etiqueta", "标签"]),
    (Role::Title, &["title", "name", "label", "titulo", "nome", "nombre", "标题", "名称", "题目"]),
    (
        Role::Body,
        &[
            "body",
            "text",
            "content",
            "reply",
            "message",
            "response",
            "answer",
            "template",
            "snippet",
            "phrase",
            "mensagem",
            "texto",
            "conteudo",
            "resposta",
            "mensaje",
            "contenido",
            "respuesta",
            "内容",
            "正文",
            "回复",
            "话术",
            "文本",
            "消息",
            "短语",
        ],
    ),
];

/// The columns of a table.
pub(super) struct Columns {
    /// Whether the first row is a header.
    pub is_header: bool,
    /// The number of columns.
    pub count: usize,
    roles: Vec<Option<Role>>,
}

impl Columns {
    /// Detects the columns from the first row. It is a header if it names the body column. Without a header, one column
    /// is the body; two are shortcut and body; more are title, shortcut, body, folder and tags.
    pub(super) fn of(first: &[String]) -> Columns {
        let count = first.len();
        let mut roles: Vec<Option<Role>> = Vec::with_capacity(count);
        for name in first {
            let role = role(name).filter(|it| !roles.contains(&Some(*it)));
            roles.push(role);
        }
        let known = roles.iter().flatten().count();
        let is_header = roles.contains(&Some(Role::Body)) && (known > 1 || count == 1);
        if !is_header {
            let all = [Role::Title, Role::Shortcut, Role::Body, Role::Folder, Role::Tags];
            let from = 3_usize.saturating_sub(count).min(2);
            roles = all.into_iter().skip(from).take(count).map(Some).collect();
        }
        Columns { is_header, count, roles }
    }

    /// The index of the column with this role.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|it| *it == Some(role))
    }
}

/// The role of a column name. A long cell is not a name.
fn role(name: &str) -> Option<Role> {
    if name.chars().count() > 30 {
        return None;
    }
    let small: String = name.chars().map(plain).collect();
    let words: Vec<&str> = small.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let all = words.concat();
    // Chinese is written without spaces between words.
    let is_in =
        |word: &&str| all == **word || words.contains(word) || (!word.is_ascii() && all.contains(*word));
    WORDS.iter().find(|(_, names)| names.iter().any(&is_in)).map(|it| it.0)
}

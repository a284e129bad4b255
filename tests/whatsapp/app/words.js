// The page's own words in a few of its languages. What is written in the conversation's labels names the chat, in an
// order that differs from language to language, so those are functions.

import { lang } from "./options.js";

const en = {
  chats: "Chats", calls: "Calls", status: "Status", channels: "Channels", communities: "Communities",
  settings: "Settings", profile: "Profile", newChat: "New chat", menu: "Menu",
  list: "Chat list", found: "Search results.", search: "Search or start a new chat", clear: "Cancel search",
  messages: "Messages", nothing: "No chats, contacts or messages found", filters: "chat-list-filters",
  all: "All", unread: "Unread", favorites: "Favorites", groups: "Groups",
  unreadCount: (n) => (n === 1 ? "1 unread message" : `${n} unread messages`),
  muted: "Muted chat", pinned: "Pinned chat",
  profileDetails: "Profile details", videoCall: "Video call", searchIn: "Search", about: "click here for contact info",
  members: "click here for group info", you: "You",
  toPerson: (name) => `Type to ${name}`, toGroup: (name) => `Type to group ${name}`, placeholder: "Type a message",
  attach: "Attach", emojis: "Emojis, GIFs, Stickers", voice: "Voice message", send: "Send",
  read: " Read ", today: "Today", yesterday: "Yesterday",
  info: "Contact info", select: "Select messages", mute: "Mute notifications", close: "Close chat",
  settingsText: "Notifications are on. Chats are backed up daily.", done: "Done",
  intro: "Practice page", introText: "Choose a chat on the left. Nothing that is written here leaves this computer.",
  loading: "Loading your chats", date: ["en-GB", "d/m/y"],
};

const zh = {
  ...en,
  chats: "对话", calls: "通话", status: "动态", channels: "频道", communities: "社群",
  settings: "设置", profile: "个人资料", newChat: "新对话", menu: "菜单",
  list: "对话列表", found: "搜索结果。", search: "搜索或发起新对话", clear: "取消搜索",
  messages: "消息", nothing: "未找到对话、联系人或消息", filters: "对话列表筛选",
  all: "全部", unread: "未读", favorites: "特别关注", groups: "群组",
  unreadCount: (n) => `${n} 条未读消息`,
  muted: "已静音的对话", pinned: "已置顶的对话",
  profileDetails: "个人主页详情", videoCall: "视频通话", searchIn: "搜索", about: "点击此处查看联系人信息",
  members: "点击此处查看群组信息", you: "您",
  toPerson: (name) => `给${name}发消息`, toGroup: (name) => `在${name}群组中发消息`, placeholder: "输入消息",
  attach: "附加", emojis: "表情符号、动图、贴图", voice: "语音消息", send: "发送",
  read: " 已读 ", today: "今天", yesterday: "昨天",
  info: "联系人信息", select: "选择消息", mute: "静音通知", close: "关闭对话",
  settingsText: "通知已开启。对话每天备份。", done: "完成",
  intro: "练习页面", introText: "请在列表中选择对话。此处所写的内容不会离开本机。",
  loading: "正在加载对话", date: ["zh-CN", "zh"],
};

const ar = {
  ...en,
  chats: "الدردشات", calls: "المكالمات", status: "الحالة", channels: "القنوات", communities: "المجتمعات",
  settings: "الإعدادات", profile: "الملف الشخصي", newChat: "دردشة جديدة", menu: "القائمة",
  list: "قائمة الدردشات", found: "نتائج البحث.", search: "البحث أو بدء دردشة جديدة", clear: "إلغاء البحث",
  messages: "الرسائل", nothing: "لم يتم العثور على نتائج", filters: "عوامل تصفية قائمة الدردشات",
  all: "الكل", unread: "غير مقروءة", favorites: "المفضلة", groups: "المجموعات",
  unreadCount: (n) => `${n} رسائل غير مقروءة`,
  muted: "دردشة مكتومة", pinned: "دردشة مثبتة",
  profileDetails: "تفاصيل الملف الشخصي", videoCall: "مكالمة فيديو", searchIn: "بحث", about: "انقر هنا لمعلومات جهة الاتصال",
  members: "انقر هنا لمعلومات المجموعة", you: "أنت",
  toPerson: (name) => `اكتب إلى ${isolated(name)}`, toGroup: (name) => `اكتب إلى المجموعة ${isolated(name)}`,
  placeholder: "اكتب رسالة",
  attach: "إرفاق", emojis: "رموز تعبيرية، صور GIF، ملصقات", voice: "رسالة صوتية", send: "إرسال",
  read: " تمت القراءة ", today: "اليوم", yesterday: "أمس",
  info: "معلومات جهة الاتصال", select: "تحديد الرسائل", mute: "كتم الإشعارات", close: "إغلاق الدردشة",
  settingsText: "الإشعارات مفعّلة. تُنسخ الدردشات احتياطيًا يوميًا.", done: "تم",
  intro: "صفحة تدريب", introText: "اختر دردشة من القائمة. لا يغادر ما تكتبه هنا هذا الجهاز.",
  loading: "جارٍ تحميل الدردشات", date: ["ar-u-nu-latn", "ar"],
};

const es = {
  ...en,
  list: "Lista de chats", found: "Resultados de la búsqueda.", search: "Buscar un chat o iniciar uno nuevo",
  messages: "Mensajes", all: "Todos", unread: "No leídos", favorites: "Favoritos", groups: "Grupos",
  unreadCount: (n) => `${n} mensajes no leídos`, you: "Tú", menu: "Menú", settings: "Ajustes", newChat: "Nuevo chat",
  toPerson: (name) => `Escribe a ${name}.`, toGroup: (name) => `Escribe al grupo ${name}.`,
  placeholder: "Escribe un mensaje", attach: "Adjuntar", voice: "Mensaje de voz", send: "Enviar",
  today: "Hoy", yesterday: "Ayer", date: ["es", "d/m/y"],
};

/** Numbers are kept from being turned around. */
function isolated(name) {
  return /^\+?[\d\s()-]+$/.test(name) ? `\u2066${name}\u2069` : name;
}

const packs = { en, zh, ar, es };

export const words = packs[lang.split("-")[0]] ?? en;

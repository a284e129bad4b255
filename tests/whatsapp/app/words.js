// The page's own texts in several languages. The labels of the conversation contain the chat's name, and the word order
// depends on the language. So these texts are functions. Those that changed over time also depend on the layout.

import { lang } from "./options.js";

const en = {
  chats: "Chats", calls: "Calls", status: "Status", channels: "Channels", communities: "Communities",
  settings: "Settings", profile: "Profile", newChat: "New chat", menu: "Menu",
  list: "Chat list", found: "Search results.", search: "Search or start a new chat", clear: "Cancel search",
  searchBox: "Search input textbox", unreadFilter: "Unread chats filter",
  messages: "Messages", nothing: "No chats, contacts or messages found", filters: "chat-list-filters",
  all: "All", unread: "Unread", favorites: "Favorites", groups: "Groups",
  unreadCount: (n) => (n === 1 ? "1 unread message" : `${n} unread messages`), markedUnread: "Unread",
  muted: "Muted chat", pinned: "Pinned chat",
  profileDetails: "Profile details", videoCall: "Video call", searchIn: "Search", about: "click here for contact info",
  members: "click here for group info", you: "You",
  toPerson: (name) => `Type to ${name}`, toGroup: (name) => `Type to group ${name}`, placeholder: "Type a message",
  attach: "Attach", emojis: "Emojis, GIFs, Stickers", voice: "Voice message", send: "Send",
  read: " Read ", today: "Today", yesterday: "Yesterday",
  photo: "Photo", album: "4 photos", openPicture: "Open picture", quoted: "Quoted message", call: "Missed voice call",
  deleted: "This message was deleted", deletedByYou: "You deleted this message",
  info: "Contact info", select: "Select messages", mute: "Mute notifications", close: "Close chat",
  settingsText: "Notifications are on. Chats are backed up daily.", done: "Done",
  intro: "Practice page", introText: "Choose a chat on the left. Nothing that is written here leaves this computer.",
  loading: "Loading your chats", date: { locale: "en-GB", clock: 24, order: "dd/mm/y", comma: ", " },
};

const pt = {
  chats: "Conversas", calls: "Ligações", status: "Status", channels: "Canais", communities: "Comunidades",
  settings: "Configurações", profile: "Perfil", newChat: "Nova conversa", menu: "Menu",
  list: "Lista de conversas", found: "Resultados da pesquisa.", search: "Pesquisar ou começar uma nova conversa",
  clear: "Cancelar pesquisa", searchBox: "Caixa de texto de pesquisa", unreadFilter: "Filtro de conversas não lidas",
  messages: "Mensagens", nothing: "Nenhuma conversa, contato ou mensagem encontrada",
  filters: "filtros-da-lista-de-conversas",
  all: "Tudo", unread: "Não lidas", favorites: "Favoritas", groups: "Grupos",
  unreadCount: (n) => (n === 1 ? "1 mensagem não lida" : `${n} mensagens não lidas`), markedUnread: "Não lidas",
  muted: "Conversa silenciada", pinned: "Conversa fixada",
  profileDetails: "Dados do perfil", videoCall: "Ligação de vídeo", searchIn: "Pesquisar",
  about: "clique aqui para mostrar os dados do contato", members: "clique aqui para mostrar os dados do grupo",
  you: "Você",
  toPerson: (name, layout) =>
    layout === "2026-06" ? `Digite uma mensagem para ${name}` : `Digitar na conversa com ${name}`,
  toGroup: (name) => `Digitar no grupo ${name}`, placeholder: "Digite uma mensagem",
  attach: "Anexar", emojis: "Emojis, GIFs, figurinhas", voice: "Mensagem de voz", send: "Enviar",
  read: " Lida ", today: "Hoje", yesterday: "Ontem",
  photo: "Foto", album: "4 fotos", openPicture: "Abrir imagem", quoted: "Mensagem citada",
  call: "Ligação de voz perdida", deleted: "Mensagem apagada", deletedByYou: "Você apagou esta mensagem",
  info: "Dados do contato", select: "Selecionar mensagens", mute: "Silenciar notificações", close: "Fechar conversa",
  settingsText: "As notificações estão ativadas. É feito um backup diário das conversas.", done: "Concluir",
  intro: "Página de treino",
  introText: "Escolha uma conversa na lista. O que for escrito aqui não sai deste computador.",
  loading: "Carregando suas conversas", date: { locale: "pt-BR", clock: 24, order: "dd/mm/y", comma: ", " },
};

const es = {
  chats: "Chats", calls: "Llamadas", status: "Estados", channels: "Canales", communities: "Comunidades",
  settings: "Ajustes", profile: "Perfil", newChat: "Nuevo chat", menu: "Menú",
  list: "Lista de chats", found: "Resultados de la búsqueda.", search: "Buscar un chat o iniciar uno nuevo",
  clear: "Cancelar búsqueda", searchBox: "Cuadro de texto para ingresar la búsqueda",
  unreadFilter: "Filtro de chats no leídos",
  messages: "Mensajes", nothing: "No se encontraron chats, contactos ni mensajes", filters: "filtros-de-chats",
  all: "Todos", unread: "No leídos", favorites: "Favoritos", groups: "Grupos",
  unreadCount: (n) => (n === 1 ? "1 mensaje no leído" : `${n.toLocaleString("es")} mensajes no leídos`),
  markedUnread: "No leídos", muted: "Chat silenciado", pinned: "Chat fijado",
  profileDetails: "Detalles del perfil", videoCall: "Videollamada", searchIn: "Buscar",
  about: "haz clic aquí para ver la info. del contacto", members: "haz clic aquí para ver la info. del grupo",
  you: "Tú",
  toPerson: (name) => `Escribe a ${name}.`, toGroup: (name) => `Escribe al grupo ${name}.`,
  placeholder: "Escribe un mensaje",
  attach: "Adjuntar", emojis: "Emojis, GIF, stickers", voice: "Mensaje de voz", send: "Enviar",
  read: " Leído ", today: "Hoy", yesterday: "Ayer",
  photo: "Foto", album: "4 fotos", openPicture: "Abrir foto", quoted: "Mensaje citado",
  call: "Llamada perdida", deleted: "Se eliminó este mensaje.", deletedByYou: "Eliminaste este mensaje.",
  info: "Info. del contacto", select: "Seleccionar mensajes", mute: "Silenciar notificaciones", close: "Cerrar chat",
  settingsText: "Las notificaciones están activadas. Se hace una copia de los chats cada día.", done: "Listo",
  intro: "Página de práctica", introText: "Elige un chat de la lista. Lo que se escriba aquí no sale de este equipo.",
  loading: "Cargando tus chats", date: { locale: "es-MX", clock: 12, order: "d/m/y", comma: ", " },
};

const ru = {
  chats: "Чаты", calls: "Звонки", status: "Статус", channels: "Каналы", communities: "Сообщества",
  settings: "Настройки", profile: "Профиль", newChat: "Новый чат", menu: "Меню",
  list: "Список чатов", found: "Результаты поиска.", search: "Поиск или новый чат", clear: "Отменить поиск",
  searchBox: "Текстовое поле поиска", unreadFilter: "Фильтр непрочитанных чатов",
  messages: "Сообщения", nothing: "Чаты, контакты и сообщения не найдены", filters: "фильтры-списка-чатов",
  all: "Все", unread: "Непрочитанное", favorites: "Избранное", groups: "Группы",
  unreadCount: (n) => `${n} ${RUSSIAN[new Intl.PluralRules("ru").select(n)]}`, markedUnread: "Непрочитанное",
  muted: "Чат без звука", pinned: "Закреплённый чат",
  profileDetails: "Данные профиля", videoCall: "Видеозвонок", searchIn: "Поиск", about: "данные контакта",
  members: "данные группы", you: "Вы",
  toPerson: (name) => `Ввести в чат «${name}»`, toGroup: (name) => `Ввести в группу «${name}»`,
  placeholder: "Введите сообщение",
  attach: "Прикрепить", emojis: "Смайлики, GIF, стикеры", voice: "Голосовое сообщение", send: "Отправить",
  read: " Прочитано ", today: "Сегодня", yesterday: "Вчера",
  photo: "Фото", album: "4 фото", openPicture: "Открыть изображение", quoted: "Цитируемое сообщение",
  call: "Пропущенный аудиозвонок", deleted: "Данное сообщение удалено", deletedByYou: "Вы удалили данное сообщение",
  info: "Данные контакта", select: "Выбрать сообщения", mute: "Без звука", close: "Закрыть чат",
  settingsText: "Уведомления включены. Резервная копия чатов создаётся ежедневно.", done: "Готово",
  intro: "Учебная страница", introText: "Выберите чат в списке. Написанное здесь не покидает этот компьютер.",
  loading: "Загрузка чатов", date: { locale: "ru", clock: 24, order: "dd.mm.y", comma: ", " },
};

const RUSSIAN = {
  one: "непрочитанное сообщение", few: "непрочитанных сообщения", many: "непрочитанных сообщений",
  other: "непрочитанных сообщений",
};

const zh = {
  chats: "对话", calls: "通话", status: "动态", channels: "频道", communities: "社群",
  settings: "设置", profile: "个人资料", newChat: "新对话", menu: "菜单",
  list: "对话列表", found: "搜索结果。", search: "搜索或发起新对话", clear: "取消搜索",
  searchBox: "搜索输入文本框", unreadFilter: "未读对话筛选",
  messages: "消息", nothing: "未找到对话、联系人或消息", filters: "对话列表筛选",
  all: "全部", unread: "未读", favorites: "特别关注", groups: "群组",
  unreadCount: (n) => `${n} 条未读消息`, markedUnread: "未读",
  muted: "已静音的对话", pinned: "已置顶的对话",
  profileDetails: "个人主页详情", videoCall: "视频通话", searchIn: "搜索", about: "点击此处查看联系人信息",
  members: "点击此处查看群组信息", you: "您",
  toPerson: (name) => `给${name}发消息`, toGroup: (name) => `在${name}群组中发消息`, placeholder: "输入消息",
  attach: "附加", emojis: "表情符号、动图、贴图", voice: "语音消息", send: "发送",
  read: " 已读 ", today: "今天", yesterday: "昨天",
  photo: "照片", album: "4 张照片", openPicture: "打开图片", quoted: "引用的消息", call: "未接语音通话",
  deleted: "此消息已删除", deletedByYou: "您已删除此消息",
  info: "联系人信息", select: "选择消息", mute: "静音通知", close: "关闭对话",
  settingsText: "通知已开启。对话每天备份。", done: "完成",
  intro: "练习页面", introText: "请在列表中选择对话。此处所写的内容不会离开本机。",
  loading: "正在加载对话", date: { locale: "zh-CN", clock: 24, order: "y年m月d日", comma: ", " },
};

const ar = {
  chats: "الدردشات", calls: "المكالمات", status: "الحالة", channels: "القنوات", communities: "المجتمعات",
  settings: "الإعدادات", profile: "الملف الشخصي", newChat: "دردشة جديدة", menu: "القائمة",
  list: "قائمة الدردشات", found: "نتائج البحث.", search: "البحث أو بدء دردشة جديدة", clear: "إلغاء البحث",
  searchBox: "مربع نص إدخال البحث", unreadFilter: "تصفية الدردشات غير المقروءة",
  messages: "الرسائل", nothing: "لم يتم العثور على نتائج", filters: "عوامل تصفية قائمة الدردشات",
  all: "الكل", unread: "غير مقروءة", favorites: "المفضلة", groups: "المجموعات",
  unreadCount: (n) => `${n} رسائل غير مقروءة`, markedUnread: "غير مقروءة",
  muted: "دردشة مكتومة", pinned: "دردشة مثبتة",
  profileDetails: "تفاصيل الملف الشخصي", videoCall: "مكالمة فيديو", searchIn: "بحث",
  about: "انقر هنا لمعلومات جهة الاتصال",
  members: "انقر هنا لمعلومات المجموعة", you: "أنت",
  toPerson: (name) => `اكتب إلى ${isolated(name)}`, toGroup: (name) => `اكتب إلى المجموعة ${isolated(name)}`,
  placeholder: "اكتب رسالة",
  attach: "إرفاق", emojis: "رموز تعبيرية، صور GIF، ملصقات", voice: "رسالة صوتية", send: "إرسال",
  read: " تمت القراءة ", today: "اليوم", yesterday: "أمس",
  photo: "صورة", album: "4 صور", openPicture: "فتح الصورة", quoted: "رسالة مقتبسة", call: "مكالمة صوتية فائتة",
  deleted: "تم حذف هذه الرسالة", deletedByYou: "لقد حذفت هذه الرسالة",
  info: "معلومات جهة الاتصال", select: "تحديد الرسائل", mute: "كتم الإشعارات", close: "إغلاق الدردشة",
  settingsText: "الإشعارات مفعّلة. تُنسخ الدردشات احتياطيًا يوميًا.", done: "تم",
  intro: "صفحة تدريب", introText: "اختر دردشة من القائمة. لا يغادر ما تكتبه هنا هذا الجهاز.",
  loading: "جارٍ تحميل الدردشات", date: { locale: "ar-u-nu-latn", clock: 12, order: "y/m/d", comma: "، " },
};

/** Keeps numbers from being reordered in right-to-left text. */
function isolated(name) {
  return /^\+?[\d\s()-]+$/.test(name) ? `\u2066${name}\u2069` : name;
}

const packs = { en, pt, es, ar, ru, zh };

export const words = packs[lang.split("-")[0]] ?? en;

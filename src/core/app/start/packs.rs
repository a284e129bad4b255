//! Starter packs: tags and replies for a trade, in each language that they were written in. The texts are content and no
//! messages of Baton's, so they are here and not in `_locales`: a team edits them as its own.

use super::Trade;

/// The tags and replies of a trade.
pub(super) struct Pack {
    pub(super) tags: [&'static str; 5],
    /// Title, shortcut and text of each reply.
    pub(super) replies: [[&'static str; 3]; 8],
}

/// Returns the pack of a trade, in Chinese or in English.
pub(super) fn pack(trade: Trade, chinese: bool) -> &'static Pack {
    match (trade, chinese) {
        (Trade::Shop, false) => &SHOP,
        (Trade::Clinic, false) => &CLINIC,
        (Trade::Travel, false) => &TRAVEL,
        (Trade::Services, false) => &SERVICES,
        (Trade::Shop, true) => &SHOP_ZH,
        (Trade::Clinic, true) => &CLINIC_ZH,
        (Trade::Travel, true) => &TRAVEL_ZH,
        (Trade::Services, true) => &SERVICES_ZH,
    }
}

static SHOP: Pack = Pack {
    tags: ["Order", "Payment", "Return", "Waiting for stock", "VIP"],
    replies: [
        ["Greeting", "hi", "{greeting} {first_name}, {agent} here. How can I help?"],
        [
            "Order number, please",
            "no",
            "Could you send me your order number, {first_name}? It is in the confirmation email.",
        ],
        [
            "Parcel on its way",
            "way",
            "Your parcel is on its way, {first_name}. Tracking number: {tracking number}",
        ],
        [
            "Delivery times",
            "ship",
            "Orders usually arrive within {2–4 working days|5–7 working days}. You get a tracking link as soon as yours leaves us.",
        ],
        [
            "Returns",
            "ret",
            "You can return anything within 30 days. Put it back into its box, and we send you a label.",
        ],
        [
            "Out of stock",
            "out",
            "I am sorry, this one is sold out right now. Shall I write to you as soon as it is back?",
        ],
        [
            "Payment link",
            "pay",
            "Here is your payment link: {link}\nTell me when it is done, and I pack your order at once.",
        ],
        ["Thanks", "thx", "Thank you, {first_name}! Write any time if there is anything else."],
    ],
};

static CLINIC: Pack = Pack {
    tags: ["Appointment", "New patient", "Results", "Billing", "Urgent"],
    replies: [
        ["Greeting", "hi", "{greeting} {first_name}, this is {agent} at reception. How can I help?"],
        ["Offer an appointment", "slot", "We have {date} at {time of day} free. Shall I book it for you?"],
        [
            "Appointment confirmed",
            "ok",
            "Your appointment is confirmed: {day} at {time of day}. Please come ten minutes early.",
        ],
        [
            "Reminder",
            "rem",
            "A short reminder, {first_name}: we expect you {day} at {time of day}. If you can't come, please tell us today.",
        ],
        [
            "What to bring",
            "bring",
            "Please bring your insurance card, a list of your medicines, and earlier results if you have some.",
        ],
        [
            "Results",
            "res",
            "Your results are here. For your privacy we discuss them by phone or in person: when may we call you?",
        ],
        [
            "In an emergency",
            "sos",
            "If it is an emergency, please call the emergency number now. This chat is not watched at all hours.",
        ],
        ["Thanks", "thx", "Thank you, {first_name}. We wish you a good recovery."],
    ],
};

static TRAVEL: Pack = Pack {
    tags: ["Enquiry", "Quote sent", "Booked", "Change", "On the road"],
    replies: [
        ["Greeting", "hi", "{greeting} {first_name}, {agent} here. Where would you like to go?"],
        [
            "Dates and people",
            "who",
            "To find you the best offer: which dates suit you, and how many people travel?",
        ],
        [
            "Quote",
            "quote",
            "Here is your offer, {first_name}: {offer}\nI can hold it for you until {date+2}.",
        ],
        [
            "Booked",
            "ok",
            "It is booked! You get all documents by email within the hour. Your booking number: {booking number}",
        ],
        ["Change or cancel", "chg", "I check what a change costs and write to you {eta}."],
        [
            "Passport and visa",
            "visa",
            "Please check that your passport is valid for six months after your return. Do you need help with a visa?",
        ],
        [
            "Before you leave",
            "go",
            "Your trip begins soon, {first_name}! Check in online from 24 hours before departure, and write to us any time.",
        ],
        ["Thanks", "thx", "Thank you, {first_name}, and have a wonderful trip!"],
    ],
};

static SERVICES: Pack = Pack {
    tags: ["New request", "Quote sent", "Scheduled", "Invoice", "Complaint"],
    replies: [
        ["Greeting", "hi", "{greeting} {first_name}, {agent} here. What can we do for you?"],
        ["A few details", "info", "Could you send me your address, a photo, and two times that suit you?"],
        ["Quote", "quote", "This would cost {price}, all included. Shall we go ahead?"],
        ["On our way", "way", "We are on our way, {first_name}, and arrive in about {minutes} minutes."],
        [
            "Scheduled",
            "ok",
            "You are in our calendar: {day}, between {from} and {to}. We call before we arrive.",
        ],
        ["Invoice", "inv", "Your invoice is on its way by email. You can pay by transfer within 14 days."],
        ["Sorry", "sorry", "I am sorry about this, {first_name}. I look into it now and write to you {eta}."],
        [
            "Thanks",
            "thx",
            "Thank you, {first_name}! If you were happy with us, a short review helps us a lot.",
        ],
    ],
};

static SHOP_ZH: Pack = Pack {
    tags: ["订单", "待付款", "退换货", "等货", "老客户"],
    replies: [
        ["打招呼", "hi", "{greeting}，{name}！我是客服{agent}，有什么可以帮您？"],
        ["要订单号", "dd", "麻烦您把订单号发给我，我马上帮您查。"],
        ["已发货", "fh", "您的包裹已经发出啦，快递单号：{快递单号}"],
        ["发货时间", "sj", "一般 {48 小时内|3 到 5 天内}发货，发出后会把单号发给您。"],
        ["退换货", "th", "签收后 7 天内都可以退换，保持吊牌和包装完好就行，我给您发退货地址。"],
        ["缺货", "qh", "不好意思，这款暂时没货了。到货后我第一时间告诉您，可以吗？"],
        ["付款链接", "fk", "付款链接在这里：{链接}\n付好告诉我一声，马上给您安排。"],
        ["感谢", "xx", "谢谢{name}的支持！有问题随时找我。"],
    ],
};

static CLINIC_ZH: Pack = Pack {
    tags: ["预约", "初诊", "报告", "费用", "紧急"],
    replies: [
        ["打招呼", "hi", "{greeting}，{name}！这里是前台，我是{agent}，请问有什么可以帮您？"],
        ["提供时间", "yy", "{日期}{时间}还有号，帮您约上吗？"],
        ["预约成功", "ok", "已经帮您约好：{日期}{时间}，请提前十分钟到。"],
        ["就诊提醒", "tx", "{name}您好，提醒您{日期}{时间}来就诊。如果来不了，请今天告诉我们。"],
        ["请带好", "dai", "来的时候请带好身份证、医保卡，还有以前的检查报告。"],
        ["报告出来了", "bg", "您的报告出来了。为保护隐私，我们电话或当面说明，您什么时候方便？"],
        ["紧急情况", "jj", "如果情况紧急，请马上拨打 120。这里不是 24 小时有人。"],
        ["感谢", "xx", "谢谢您，祝您早日康复！"],
    ],
};

static TRAVEL_ZH: Pack = Pack {
    tags: ["咨询", "已报价", "已预订", "改签", "出行中"],
    replies: [
        ["打招呼", "hi", "{greeting}，{name}！我是{agent}，想去哪里玩？"],
        ["日期和人数", "rs", "请问几号出发、几位同行？我帮您找最合适的方案。"],
        ["报价", "bj", "给您的方案：{方案}\n这个价格可以帮您保留到{date+2}。"],
        ["预订成功", "ok", "订好啦！所有资料一小时内发到您的邮箱，订单号：{订单号}"],
        ["改签退订", "gq", "我查一下改签的费用，{eta}回复您。"],
        ["护照签证", "qz", "请确认护照在回程后还有 6 个月以上有效期。签证需要我们帮您办吗？"],
        ["出发提醒", "cf", "{name}，快出发啦！起飞前 24 小时可以网上值机，路上有事随时找我们。"],
        ["感谢", "xx", "谢谢您，祝旅途愉快！"],
    ],
};

static SERVICES_ZH: Pack = Pack {
    tags: ["新需求", "已报价", "已排期", "开票", "投诉"],
    replies: [
        ["打招呼", "hi", "{greeting}，{name}！我是{agent}，有什么可以帮您？"],
        ["了解情况", "qk", "麻烦发一下地址和照片，再给我两个您方便的时间。"],
        ["报价", "bj", "费用一共 {金额}，都包含在内。可以的话我帮您安排。"],
        ["在路上", "ls", "师傅已经出发，大约 {分钟} 分钟到。"],
        ["已安排", "ok", "已经帮您安排：{日期}{时间段}上门，到之前会打电话。"],
        ["发票", "fp", "发票已经发到您的邮箱，请查收。"],
        ["抱歉", "bq", "实在抱歉，我马上去核实，{eta}给您答复。"],
        ["感谢", "xx", "谢谢{name}！满意的话欢迎给我们一个好评。"],
    ],
};

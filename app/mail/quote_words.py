"""The words by which mail programs of many languages introduce replies and forwards."""

from __future__ import annotations

import re


def _any(*words: str) -> str:
    return "|".join(words)


ATTRIBUTION = re.compile(
    _any(
        r"\bwrote\b", r"\bwrites\b", r"\bsaid\b", r"\bha scritto\b", r"\bscrisse\b", r"\bscrive\b", r"\ba écrit\b",
        r"\bécrivait\b", r"\bпишет\b", r"\bписала?\b", r"\bписал\(а\)", r"\bнаписала?\b", r"\bнаписал\(а\)", "写道",
        "寫道", "来信", "كتب", "كتبت", "تمت كتابة", r"\bschrieb\b", r"\bgeschrieben\b", r"\bescribió\b",
        r"\bescreveu\b", r"\bschreef\b", r"\bskrev\b", r"\bnapisał\(?a?\)?", r"\byazdı\b", "نوشت", "のメール",
        "さんは書きました", "書きました", "작성",
    ),
    re.I,
)  # fmt: skip
"""Verbs of "On ... wrote:"."""

OPENING = re.compile(
    r"\W*(?:\d|(?:on|le|il|lo|la|l'|am|em|el|op|den|dnia|w dniu|в|на|пн|вт|ср|чт|пт|сб|вс|при|في|بتاريخ)\b|在|于|於"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom|jeu|sam|dim|понед|втор|сред|четв|пятн|субб|воскр)"
    r"\w{0,9}\W)",
    re.I,
)
"""How a line begins that says when and by whom the earlier mail was written, if it goes over several lines."""

_FORWARDED = _any(
    "Forwarded message", "Begin forwarded message", "Messaggio inoltrato", "Inizio messaggio inoltrato",
    "Message transféré", "Message réexpédié", "Début du message transféré", "Début du message réexpédié",
    "Пересылаемое сообщение", "Пересланное сообщение", "Начало переадресованного сообщения",
    "Начало пересылаемого сообщения", "转发的邮件", "转发邮件", "转发的消息", "已转发邮件", "開始轉寄郵件",
    "轉寄的郵件",
    "开始转发的邮件", "Forwarded Message", "رسالة مُعاد توجيهها", "رسالة معاد توجيهها", "الرسالة المعاد توجيهها",
    "بدء الرسالة المُعاد توجيهها", "بداية الرسالة المحولة", "Weitergeleitete Nachricht", "Weitergeleitete E-Mail",
    "Anfang der weitergeleiteten Nachricht", "Anfang der weitergeleiteten E-Mail", "Mensaje reenviado",
    "Inicio del mensaje reenviado", "Mensagem encaminhada", "Início da mensagem reencaminhada",
    "Doorgestuurd bericht", "転送されたメッセージ", "転送メッセージ", "전달된 메시지",
)  # fmt: skip
FORWARD = re.compile(
    rf"(?:[-_*=\s]{{2,40}}\s?(?:{_FORWARDED}).{{0,60}}?[-_*=\s]{{2,40}}|(?:{_FORWARDED})\s?[:：])$", re.I
)
"""The line above forwarded mail, by Gmail, Apple, Thunderbird, Yandex, Mail.ru and others."""

_ORIGINALS = _any(
    "Original Message", "Original Appointment", "Messaggio originale", "Message d'origine", "Message d’origine",
    "Message original", "Исходное сообщение", "Оригинальное сообщение", "Первоначальное сообщение", "原始邮件",
    "邮件原件", "原始郵件", "原始邮件信息", "الرسالة الأصلية", "Ursprüngliche Nachricht", "Originalnachricht",
    "Mensaje original",
    "Mensagem original", "Oorspronkelijk bericht", "元のメッセージ", "원본 메시지",
)  # fmt: skip
ORIGINAL = re.compile(rf"[-_ ]{{2,40}}(?:{_ORIGINALS})[-_ ]{{2,40}}$", re.I)
"""Outlook's line above the earlier message, in replies and in forwards."""

_LABELS = {
    "from": "from, da, de, von, от, от кого, 发件人, 發件人, 寄件者, من, المرسل,"
    " van, från, fra, od, kimden, 差出人, 보낸 사람",
    "date": "sent, date, inviato, inviato il, data, envoyé, envoyé le, dato, date d'envoi, date d’envoi, gesendet,"
    " datum, отправлено, дата, дата отправки, enviado, enviado el, enviado em, fecha, 发送时间, 发送日期, 日期, 时间,"
    " 時間, 寄件日期, 傳送時間,"
    " التاريخ, تاريخ الإرسال, تم الإرسال, أرسلت, verzonden, skickat, 送信日時, 日時, 日付, 보낸 날짜",
    "to": "to, a, à, para, an, кому, 收件人, 收件者, إلى, الى, المرسل إليه, aan, till, til, do, kime, 宛先, 받는 사람",
    "cc": "cc, c.c., copia, copie, kopie, копия, 抄送, 副本, نسخة, نسخة إلى, reply-to, importance, priority, bcc",
    "subject": "subject, oggetto, objet, sujet, betreff, тема, asunto, assunto,"
    " 主题, 主題, 主旨, الموضوع, onderwerp, ämne, emne, 件名, 제목",
}
LABELS = {label.strip(): kind for kind, labels in _LABELS.items() for label in labels.split(",")}
"""Labels of the header block that Outlook writes, lower case, to what they mean."""

MOBILE = re.compile(
    _any(
        "Sent from my .{2,40}", "Sent from (?:Yahoo|Outlook|Mail|Samsung|Proton|Gmail|Mailbird).{0,60}",
        "Sent (?:with|via) (?:Proton|Tutanota|Outlook|BlackBerry).{0,60}", "Get Outlook for .{2,40}",
        "Inviato da(?:l mio| iPhone| iPad| Outlook| Yahoo| Posta| Libero| smartphone| cellulare).{0,40}",
        "Scarica Outlook per .{2,40}", "Ottieni Outlook per .{2,40}", "Envoyé (?:de|depuis) mon .{2,40}",
        "Envoyé (?:à partir )?d(?:'|’|e |epuis )(?:Outlook|Yahoo|Proton|Courrier|un).{0,40}",
        "Obtenez Outlook pour .{2,40}",
        "Отправлено (?:с|из|от) .{2,60}", "Скачать Outlook для .{2,40}", "发自我的.{1,40}", "從我的.{1,20}傳送",
        "发自.{2,20}",
        "获取.{0,6}Outlook.{0,40}", "أُ?رسلت? من .{2,40}", "تم الإرسال من .{2,40}", "مرسل من .{2,40}",
        "Von meinem .{2,40} gesendet", "Gesendet mit .{2,40}", "Gesendet von .{2,40}", "Enviado desde mi .{2,40}",
        "Enviado desde .{2,40}", "Enviado do meu .{2,40}", "Verstuurd vanaf mijn .{2,40}", "Skickat från min .{2,40}",
        "iPhoneから送信", "iPadから送信", "나의 .{1,20}에서 보냄",
    )
    + r"$"
)  # fmt: skip
"""The line that a telephone or a web mailer adds below the text."""

REPLY_SUBJECT = re.compile(
    r"\s*(?:re|r|rif|ref|réf|rép|aw|antw|sv|vs|odp|ynt|回复|回覆|答复|答覆|回信|رد|الرد|на|отв|ответ)(?:\[\d+\])?\s?[:：]",
    re.I,
)
"""A subject that answers."""

FORWARD_SUBJECT = re.compile(
    r"\s*\[?\s*(?:fwd?|i|inoltra|wg|tr|rv|enc|doorst|vb|转发|轉寄"
    r"|إعادة توجيه|تحويل|пересл|переслано|fs)(?:\[\d+\])?\s?[:：]",
    re.I,
)
"""A subject that passes something on."""

"""Other languages are told from English, and their words of danger are heard."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser, language

DANGER = [
    ("Mój mąż mnie bije", "pl"),
    ("on tu jest i ma nóż, proszę pomocy", "pl"),
    ("soțul meu mă bate", "ro"),
    ("mano vyras mane muša", "lt"),
    ("meu marido me bateu ontem", "pt"),
    ("мъжът ми ме бие", "bg"),
    ("il marito mi picchia", "it"),
    ("mi marido me pega", "es"),
    ("ਉਹ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ", "pa"),
    ("میرا شوہر مجھے مارتا ہے", "ur"),
    ("আমার স্বামী আমাকে মারে", "bn"),
    ("મારો પતિ મને મારે છે", "gu"),
    ("kocam beni dövüyor", "tr"),
    ("زوجي يضربني", "ar"),
    ("他打我", "zh"),
]


@pytest.mark.parametrize(("text", "code"), DANGER)
def test_danger_is_heard_in_another_language(recogniser: Recogniser, text: str, code: str) -> None:
    assert language(text) == code
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "zamknął mnie w domu i nie mogę wyjść",
        "mera pati mujhe marta hai aur mujhe dar lagta hai",
        "не хочу жить",
        "দরজা ভাঙছে",
    ],
)
def test_other_ways_of_saying_it_are_heard_too(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        # words of danger, and words that say that it is now
        "Babam şu an annemi dövüyor lütfen polis yollayın",
        "o meu pai está a bater na minha mãe neste momento",
        "муж прямо сейчас бьёт ребёнка",
        "він б'є мою маму просто зараз",
        "il m'a enfermée et il crie",
        "أبي يضرب أمي الآن ونحن في الحمام",
        "मेरे पति अभी मुझे पीट रहे हैं",
        "burri po me rreh tani ju lutem",
        # nothing that is known but a door, a weapon, blood, a roof
        "iubitul meu a venit beat și sparge geamurile, sunt ascunsă în baie",
        "mon frère est derrière la porte avec une barre de fer",
        "mi cuñado está aquí con una pistola",
        "Vyras atėjo su kirviu, mes su vaikais rūsyje",
        "mi sono tagliata le vene, perdo tanto sangue",
        "я на мосту, больше не звоните",
        "আমি ছাদে দাঁড়িয়ে আছি, সবাইকে বিদায়",
        "我刚吃了一整瓶药",
        "mera bhai chaku le kar darwaze ke bahar khara hai",
    ],
)
def test_what_happens_now_is_an_emergency(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "mi hermano le pega a su mujer todos los fines de semana",
        "mąż od lat wydziela mi pieniądze i sprawdza telefon",
        "kayınvalidem bana dışarı çıkmayı yasaklıyor",
        "我婆婆把我的护照藏起来了",
        # an ordinary word does not make ordinary what somebody does
        "он следит за мной через телефон",
        "il est en train de défoncer la voiture avec nous dedans",
        "وہ باہر گاڑی میں بیٹھا ہے",
    ],
)
def test_what_goes_on_is_heard(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "he hit me",
        "no",
        "",
        "it is on my es",
        "Paulo Mendes",
        "okay gracias",
        "sorry, me no speak",
    ],
)
def test_english_and_scraps_are_not_another_language(text: str) -> None:
    assert language(text) is None


def test_a_script_nobody_listed_is_another_language() -> None:
    assert language("ကူညီပါ") == "und"


@pytest.mark.parametrize(
    "text",
    [
        "oni wiedzą, gdzie śpię, i dziś wrócą",
        "mama a zis ca nu mai iese niciodata din camera",
        "ela não sai do quarto desde domingo e tem marcas",
        "jei jis sužinos, kad rašau, viskas bus baigta",
        "kızım üç gündür konuşmuyor, kapıyı açmıyor",
        "ghar walay mujhay kahin aane jaane nahi dete",
        "anyám nem beszél, és a karja tele van foltokkal",
        "ktoś ukradł mi rower. mąż powiedział, że zapłacę za to",
        "gracias, mi marido me quema con cigarros",
        "dziękuję, mąż mnie przypala papierosem",
        "multumesc, el ma tine inchisa in casa",
        "ukradli mi telefon, a on nie pozwala mi nigdzie chodzić",
        "mi-au furat bicicleta, iar el nu ma lasa sa ies din camera",
        "roubaram a minha mala, ele nunca me deixa sair de casa",
    ],
)
def test_what_nobody_here_can_read_goes_to_a_person(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "ukradli mi telefon w pociągu",
        "bună seara, mi-au furat geanta din tren",
        "obrigada pela informação, boa noite",
        "merci beaucoup, bonne journée, au revoir",
        "आपका बहुत धन्यवाद",
        "আমার সাইকেল চুরি হয়েছে",
        "میں بیمار نہیں، میرا بٹوا چوری ہوا ہے",
        "розбили вікно в машині",
        "谢谢，我的自行车被偷了",
        "shukriya, meri cycle chori ho gayi hai",
        "w zeszłym tygodniu, w środę rano",
        "prefiero por correo electrónico, gracias",
        "mardi dernier, vers 10 heures, à la gare",
        "昨天下午三点左右",
        "минулого тижня, у вівторок ввечері",
        "roubaram-me o telemóvel no comboio ontem, o que devo fazer?",
        "سُرِقت دراجتي من أمام المكتبة، ماذا أفعل؟",
        "на вокзалі в мене вкрали гаманець, куди звернутися?",
        "我的手机在公交车上被偷了,我该怎么办?",
        "मेरी साइकिल चोरी हो गई, मैं क्या करूँ?",
    ],
)
def test_thanks_and_thefts_need_nobody_at_once(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition == "none"


@pytest.mark.parametrize(
    "text",
    [
        "dziękuję, he kill me",
        "gracias. kill myself",
        "obrigado. my ex is outside with a knife",
        "dzień dobry. suicide",
        "धन्यवाद he will kill me",
    ],
)
def test_english_beside_thanks_in_another_language_is_read(
    recogniser: Recogniser, text: str
) -> None:
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize("text", ["não", "ні", "नहीं", "不", "nem"])
def test_no_in_another_language_is_a_no_to_the_safe_question(
    recogniser: Recogniser, text: str
) -> None:
    assert recogniser.recognise(text, "safe_now").disposition == "emergency"


def test_a_short_word_of_one_language_is_not_heard_in_the_middle_of_another(
    recogniser: Recogniser,
) -> None:
    said = recogniser.recognise("olá, será que alguém pode ouvir o meu pedido?")
    assert said.disposition != "emergency"


def test_three_messages_that_nobody_could_read_are_no_alarm(recogniser: Recogniser) -> None:
    said = recogniser.recognise("kızım üç gündür konuşmuyor", shown=["urgent", "urgent"])
    assert said.disposition == "urgent"


def test_a_short_answer_in_dialect_is_english(recogniser: Recogniser) -> None:
    assert recogniser.recognise("no i said, ent told em", "reported").disposition == "none"

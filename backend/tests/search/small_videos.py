"""Small videos, each for one rule of the search. Their names share no word with what is asked for."""

from tests.support.spoken import Spoken, cues_of

OTHER_LIST = "other"

_WORDS_BETWEEN = ["and then we talked about something else for a while"] * 12

SMALL_VIDEOS = [
    # Inflection.
    Spoken("quay", cues_of("Die alten Häuser am Hafen", "wurden im Frühling verkauft"), language="de"),
    Spoken("lane", cues_of("wir gingen über die Straße", "und grüßten den Müller"), language="de"),
    Spoken("stairs", cues_of("she was running through cities", "with her babies and two boxes")),
    Spoken("stable", cues_of("les chevaux mangeaient déjà", "dans les écuries"), language="fr"),
    Spoken("choir", cues_of("las canciones que cantaban", "los niños en la montaña"), language="es"),
    Spoken("oak", cues_of("я читаю новую книгу", "про зелёные деревья"), language="ru"),
    Spoken("gondola", cues_of("i gatti dormivano", "sulle finestre"), language="it"),
    # Diacritics.
    Spoken("counter", cues_of("un café crème et une brioche"), language="fr"),
    Spoken("bistro", cues_of("we met at the Café Central", "for a naïve little chat")),
    Spoken("harbor", cues_of("Łódź, Århus und Ðakovo", "liegen nicht am İzmir"), language="de"),
    # Signs that nobody sees.
    Spoken(
        "kiosk", cues_of("am Bahn\u00adhof steht ein Zei\u200btungs\u00adladen"), language="de",
        note="eine alte Zeit\u00adschrift",
    ),
    Spoken("shiraz", cues_of("من می\u200cخواهم کتاب\u200cها را"), language="fa"),
    Spoken("agra", cues_of("यह क्\u200dषमा है"), language="hi"),
    # Phrases.
    Spoken("pangram", cues_of("the quick brown fox", "jumps over the lazy dog", "well done")),
    Spoken("mirror", cues_of("a brown but quick fox", "dog lazy the over jumps")),
    Spoken("comma", cues_of("First, second; third - fourth.", "“Fifth” (sixth)")),
    # Exclusion and prefix.
    Spoken("north", cues_of("lanterns in the fog", "and a raincoat")),
    Spoken("south", cues_of("lanterns in the sunshine", "and an umbrella")),
    Spoken("west", cues_of("ein Schmetterling", "und eine Schmetterlingsblüte"), language="de"),
    Spoken("guide", title="A restaurant for two"),
    Spoken("booth", cues_of("this restaurant is known", *_WORDS_BETWEEN, "for its happiness")),
    Spoken("meadow", cues_of("a happy picnic")),
    Spoken("quill", cues_of("eine genaue", "Beschreibung"), language="de", note="Beschreibungen"),
    # Operators and marks.
    Spoken("rules", cues_of("this AND that OR nothing", "NEAR the end NOT before")),
    Spoken("keys", cues_of("I write C++ and C# on a T-Shirt", "foo_bar costs 3.50 euros, don't it")),
    Spoken("wheels", cues_of("mit dem 🚲 zum Weiher gefahren", "👩‍👩‍👧‍👦 war auch da"), language="de"),
    # Writing without spaces, and with what is grown together.
    Spoken("tower", cues_of("昨日東京都に行きました", "古いお寺を見ました。"), language="ja"),
    Spoken("wok", cues_of("我喜欢学习中文", "饺子很好吃"), language="zh-Hans"),
    Spoken("canal", cues_of("ฉันรักภาษาไทยมาก", "และอาหารอร่อย"), language="th"),
    Spoken("nile", cues_of("قرأت الكتاب الجديد", "في المكتبة الكبيرة"), language="ar"),
    Spoken("carmel", cues_of("קראתי את הספר החדש", "בבית הקפה"), language="he"),
    Spoken("tiger", cues_of("한국어를 배우고 있습니다", "재미있어요"), language="ko"),
    Spoken("mixed", cues_of("today we write 日本語 in a مدرسة", "with ลูกแมว and חתול")),
    # Beside the captions.
    Spoken("w1", title="Zwiebelkuchen vom Blech", language="de"),
    Spoken("w2", channel="Blaubeerstudio", language="de"),
    Spoken("w3", description="First line.\nHere we mention the xylophone once.\nLast line."),
    Spoken("w4", note="Für Oma: das mit dem Nudelholz\nzeigen", language="de"),
    Spoken("w5", tags=("Weihnachten", "Später ansehen"), language="de"),
    Spoken(
        "w6",
        cues_of(*["we keep on talking"] * 40, seconds=5),
        chapters=[[0, 60.0, "Introduction"], [60.0, 200.0, "Building the treehouse"]],
    ),
    Spoken("w7", cues_of("Kaktus"), title="Kaktus", channel="Kaktus", language="de"),
    # Moments.
    Spoken(
        "m1",
        cues_of(*[line for place in range(9) for line in (f"pumpkin {place}", *_WORDS_BETWEEN)]),
    ),
    Spoken(
        "m2",
        cues_of(
            "a violin was lying there", *_WORDS_BETWEEN, "a teapot was lying there",
            *_WORDS_BETWEEN, "she put the violin", "beside the teapot", *_WORDS_BETWEEN,
        ),
    ),
    Spoken("m3", [[3.25, 5.5, "one gooseberry\nand one hedgehog"], [5.5, 9.0, "asleep"]]),
    Spoken("m4", title="Everything about marzipan", cues=cues_of("hello", *_WORDS_BETWEEN)),
    Spoken("m5", cues_of("hello", *_WORDS_BETWEEN, "there is marzipan in it", *_WORDS_BETWEEN)),
    Spoken(
        "m6",
        cues_of("it all begins with sourdough", *_WORDS_BETWEEN, "feed the starter", *_WORDS_BETWEEN),
        title="Sourdough at home",
    ),
    Spoken(
        "m7",
        cues_of(
            *[line for _ in range(49) for line in ("the anvil", *_WORDS_BETWEEN)],
            "pump the bellows beside the anvil",
        ),
        chapters=[[0, 100.0, "Begin"], [100.0, 900.0, "The anvil"]],
    ),
    Spoken(
        "m8",
        cues_of(
            "a cup of seawater", "warm seawater is fine", "seawater again", *_WORDS_BETWEEN,
            "seawater mixed with kelp", "and so on and so on", "seawater kelp", *_WORDS_BETWEEN,
            "still more seawater",
        ),
    ),
    # Filters: three lighthouses, and one more in the other list.
    Spoken(
        "f1", cues_of("a lighthouse"), channel="Leuchtfeuer", language="en-GB", tags=("Meer", "See"),
        published_at="2023-03-01", duration_seconds=60,
    ),
    Spoken(
        "f2", cues_of("a lighthouse"), channel="Brandung", language="de", tags=("meer",),
        captions_source="youtube_manual", published_at="2024-03-01", duration_seconds=600,
    ),
    Spoken(
        "f3", cues_of("a lighthouse"), channel="Brandung", language="pt-BR",
        captions_source="whisper", published_at="2025-03-01", duration_seconds=6000,
    ),
    Spoken(
        "f4", title="lighthouse", captions_source="none", published_at=None, duration_seconds=None
    ),
]  # fmt: skip

OTHERS = [Spoken("f5", cues_of("a lighthouse"), published_at="2020-01-01", duration_seconds=10)]

# Somebody else's.
STRANGERS = [
    Spoken("secret", cues_of("a lighthouse full of pumpkin", "die Häuser"), tags=("Meer",)),
]

"""A small name table in the shape of a real one, and passages whose mentions were marked by hand."""

from actors.names import Name


def _rows(
    actor: str, kind: str, names: str, *, family_first: bool = False, belongs_to: str = ""
) -> list[Name]:
    """Rows from "text/kind/language; …" (a spelling in English unless given; "?": ambiguous)."""
    rows = []
    for name in names.split("; "):
        text, sort, language, *_ = [*name.split("/"), "", ""]
        ambiguous = sort.endswith("?")
        sort = sort.rstrip("?") or "spelling"
        rows.append(Name(text, actor, sort, language or "en", ambiguous, kind, family_first, belongs_to))
    return rows


def _person(actor: str, names: str, *, family_first: bool = False) -> list[Name]:
    return _rows(actor, "person", names, family_first=family_first)


TABLE: list[Name] = [
    *_rows(
        "north-korea",
        "state",
        "North Korea/name; DPRK/abbreviation; D.P.R.K./abbreviation; N. Korea; the North/metonym; "
        "Pyongyang/metonym; North Korean/demonym; North Koreans/demonym; hermit kingdom/epithet; "
        "КНДР/abbreviation/ru; Северная Корея/spelling/ru; северокорейский/demonym/ru; 북한/spelling/ko; "
        "Korea/spelling?",
    ),
    *_rows(
        "south-korea",
        "state",
        "South Korea/name; ROK/abbreviation; the South/metonym; Seoul/metonym; South Korean/demonym; "
        "Korea/spelling?; 한국/spelling/ko",
    ),
    *_rows(
        "russia",
        "state",
        "Russia/name; Russian Federation/official; Moscow/metonym; Russian/demonym; russia; "
        "Москва/metonym/ru; Россия/name/ru; 러시아/name/ko",
    ),
    *_rows("ukraine", "state", "Ukraine/name; Kyiv/metonym; Ukrainian/demonym; Україна/name/uk"),
    *_rows(
        "united-states",
        "state",
        "United States/name; US/abbreviation; U.S./abbreviation; America; Washington/metonym; "
        "American/demonym",
    ),
    *_rows("china", "state", "China/name; Beijing/metonym; Chinese/demonym; 中华人民共和国/official/zh"),
    *_rows("iran", "state", "Iran/name"),
    *_rows("united-nations", "intergovernmental_organisation", "United Nations/name; UN/abbreviation"),
    *_rows(
        "un-security-council",
        "intergovernmental_organisation",
        "United Nations Security Council/name; UNSC/abbreviation; Security Council/spelling?",
    ),
    *_rows("g7", "intergovernmental_organisation", "Group of Seven/name; G7/abbreviation; G-7/spelling"),
    *_rows("nato", "intergovernmental_organisation", "NATO/name; Nato; the alliance/metonym?"),
    *_rows(
        "white-house", "public_body", "White House/name; the White House/metonym", belongs_to="united-states"
    ),
    *_rows(
        "pentagon",
        "public_body",
        "US Department of Defense/name; Pentagon/metonym",
        belongs_to="united-states",
    ),
    *_rows(
        "kremlin", "public_body", "the Kremlin/metonym; Kremlin/metonym; Кремль/name/ru", belongs_to="russia"
    ),
    *_rows(
        "russian-security-council",
        "public_body",
        "Security Council of Russia/name; Russian Security Council; Security Council/spelling?; "
        "Совет Безопасности/official/ru",
        belongs_to="russia",
    ),
    *_rows(
        "dprk-mnd",
        "public_body",
        "Ministry of National Defence of the DPRK/name; Ministry of National Defence/spelling?",
        belongs_to="north-korea",
    ),
    *_rows(
        "rok-jcs",
        "armed_force",
        "South Korean Joint Chiefs of Staff/name; JCS/abbreviation?",
        belongs_to="south-korea",
    ),
    *_rows(
        "wpk-cmc",
        "organisation",
        "Central Military Commission of the WPK/name; Central Military Commission/spelling?",
        belongs_to="north-korea",
    ),
    *_rows(
        "ukraine-general-staff",
        "armed_force",
        "General Staff of the Armed Forces of Ukraine/name; General Staff/spelling?",
        belongs_to="ukraine",
    ),
    *_rows(
        "hur",
        "public_body",
        "Main Intelligence Directorate/name; HUR/abbreviation; Defence Intelligence/spelling?",
        belongs_to="ukraine",
    ),
    *_rows("uk-mod", "public_body", "UK MoD/name; Defence Intelligence/spelling?"),
    *_rows(
        "sbu",
        "public_body",
        "Security Service of Ukraine/name; SBU/abbreviation; Служба безпеки України/official/uk",
    ),
    *_rows(
        "nis", "public_body", "National Intelligence Service/name; NIS/abbreviation", belongs_to="south-korea"
    ),
    *_rows(
        "korean-peoples-army",
        "armed_force",
        "Korean People's Army/name; KPA/abbreviation; North Korean troops/demonym; Korean soldiers/spelling?",
    ),
    *_rows("engineers", "armed_force", "528th Engineer Regiment/name; sappers"),
    *_rows("workers-party-of-korea", "organisation", "Workers' Party of Korea/name; WPK/abbreviation"),
    *_rows("kcna", "media", "Korean Central News Agency/name; KCNA/abbreviation; KNCA/error"),
    *_rows("tass", "media", "TASS/name"),
    *_rows("reuters", "media", "Reuters/name"),
    *_rows("moscow-times", "media", "The Moscow Times/name; Moscow Times"),
    *_person(
        "kim-jong-un",
        "Kim Jong Un/name; Kim Jong-un; Kim/spelling?; Key/error; Jong-un; Kim Jong/error; 김정은/name/ko; "
        "Ким Чен Ын/spelling/ru; 金正恩/spelling/zh; General Secretary/title; chairman/title",
        family_first=True,
    ),
    *_person("kim-yo-jong", "Kim Yo Jong/name", family_first=True),
    *_person("kim-jong-gyu", "Kim Jong Gyu/name; Kim Jong-un/error", family_first=True),
    *_person("kim-song", "Kim Song/name; Ambassador Kim", family_first=True),
    *_person("kim-yong-hyun", "Kim Yong-hyun/name", family_first=True),
    *_person("shin-won-sik", "Shin Won-sik/name; Sin Won-sik", family_first=True),
    *_person("yoon-suk-yeol", "Yoon Suk Yeol/name; prime minister/error", family_first=True),
    *_person("choe-son-hui", "Choe Son Hui/name; Choi Son-hui", family_first=True),
    *_person("no-kwang-chol", "No Kwang Chol/name; Noh", family_first=True),
    *_person("lin-jian", "Lin Jian/name; Jian/error", family_first=True),
    *_person("vladimir-putin", "Vladimir Putin/name; Putin; Владимир Путин/name/ru; Путин/spelling/ru"),
    *_person("sergei-shoigu", "Sergei Shoigu/name; Sergey Shoigu; Shoigu"),
    *_person("sergei-lavrov", "Sergei Lavrov/name; Lavrov"),
    *_person("dmitry-peskov", "Dmitry Peskov/name; Peskov; Дмитрий Песков/name/ru; Kremlin spokesman/title"),
    *_person("andrei-belousov", "Andrei Belousov/name; Beloúsov/spelling/es"),
    *_person("antony-blinken", "Antony Blinken/name; Anthony Blinken/error"),
    *_person("jake-sullivan", "Jake Sullivan/name; NSA Sullivan"),
    *_person("mark-milley", "Mark Milley/name; Mark A. Milley; Gen. Milley/title"),
    *_person("volodymyr-zelensky", "Volodymyr Zelensky/name; Zelenskyy; Володимир Зеленський/name/uk"),
    *_person("kyrylo-budanov", "Kyrylo Budanov/name; Кирило Буданов/name/uk"),
]

MARKED = [
    # Kim: the nearest full name before it
    "{Kim Jong Un|kim-jong-un} received the guests. In {Seoul|}, minister {Kim Yong-hyun|kim-yong-hyun} "
    "told deputies that {North Korean troops|korean-peoples-army} had left; {Kim|kim-yong-hyun} added that "
    "{the North|north-korea} would deny it. The next day {Kim Jong-un|kim-jong-un} said nothing, and "
    "{Kim|kim-jong-un}'s sister, {Kim Yo Jong|kim-yo-jong}, spoke for him.",
    # a place line, then the state; Washington the capital, the paper, the place
    "MOSCOW, Oct. 10 ({TASS|tass}) — {Moscow|russia} rejected the report. {Washington|united-states} and "
    "{Seoul|south-korea} believe it, the Washington Post wrote from Washington, D.C., on Friday. In the "
    "State of Washington nobody noticed. {The Moscow Times|moscow-times} called {Pyongyang|north-korea} "
    "silent.",
    "SEOUL ({Reuters|reuters}) - {South Korea|south-korea}'s spy agency, the {NIS|nis}, said "
    "{Pyongyang|north-korea} sent shells to {Moscow|russia}. Trains left Pyongyang for Moscow, and drones "
    "fell on the Moscow region. {Moscow|russia} denies it.",
    # Security Council: Russian or of the UN
    "{Sergei Shoigu|sergei-shoigu}, secretary of {Russia|russia}'s {Security "
    "Council|russian-security-council}, flew to Pyongyang. {Shoigu|sergei-shoigu} met {Choe Son "
    "Hui|choe-son-hui}; {Choe|choe-son-hui} thanked {Russia|russia}. At the {UN|united-nations} {Security "
    "Council|un-security-council} a resolution failed.",
    "The {Security Council|?} will meet. The {United Nations Security Council|un-security-council} has "
    "fifteen members, and the {Security Council|un-security-council} votes on Monday.",
    # General Staff, Central Military Commission, Ministry of National Defence, Defence Intelligence
    "{Ukraine|ukraine}'s {General Staff|ukraine-general-staff} counted losses; the {Russian|russia} "
    "{General Staff|?} did not. The {Central Military Commission|?} of {China|china} met, as did "
    "{Pyongyang|north-korea}'s {Central Military Commission|wpk-cmc}. {South Korea|south-korea}'s {Ministry "
    "of National Defence|?} objected. {Defence Intelligence|?} gave a figure; the {US|united-states} "
    "{JCS|?} gave none.",
    # Korea, Korean soldiers
    "{Korea|?} is one word for two states. {Korean soldiers|?} fought, officials said. {Korean People's "
    "Army|korean-peoples-army} units rested, and the {Korean soldiers|korean-peoples-army} went home.",
    # Shin and Sin, No, the words that begin sentences
    "{Shin|shin-won-sik} spoke first. {Shin Won-sik|shin-won-sik}, the minister, was followed by Sin Hong "
    "Chol, an ambassador. No treaty was signed. In May, {No Kwang Chol|no-kwang-chol} toasted victory; "
    "Minister {No|no-kwang-chol} had come from Pyongyang. Key questions stay open.",
    # US is not us; possessives; abbreviations; places that are no actors
    "It falls to us, a {US|united-states} aide said, to tell {NATO|nato}. The {G7|g7}'s ministers and the "
    "{U.S.|united-states} agree on Kursk, Vostochny and Victory Day. The frigate Marshal Shaposhnikov "
    "sailed. {NSA Sullivan|jake-sullivan} landed; {Sullivan|jake-sullivan} met {Lin Jian|lin-jian}. "
    "{Lin|lin-jian} smiled.",
    # the seeds' way of writing
    "{Antony Blinken|antony-blinken} warned that the {Putin|vladimir-putin}-{Kim|?} pact is a two-way "
    "street. {Blinken|antony-blinken} said sanctions on {Pyongyang|north-korea} would follow if {North "
    "Korea|north-korea} supplies arms to {Moscow|russia} for use in {Ukraine|ukraine}. "
    "{American|united-states} and {Chinese|china} envoys met {Putin|vladimir-putin} in Beijing.",
    # titles and errors
    "{Kremlin spokesman|dmitry-peskov} {Dmitry Peskov|dmitry-peskov} would not comment, and {the "
    "Kremlin|kremlin} waited. In the Kremlin, {General Secretary|kim-jong-un} {Kim Jong Un|kim-jong-un} was "
    "expected. The chairman left early. {Anthony Blinken|antony-blinken} left too; so did {Gen. "
    "Milley|mark-milley}.",
    # bad markup, other scripts
    "Respected Comrade{Kim Jong Un|kim-jong-un}received a letter. {김정은|kim-jong-un}은 {러시아|russia}와. "
    "Слова {Пескова|dmitry-peskov} о {Путине|vladimir-putin} и {Северной Корее|north-korea}.",
]

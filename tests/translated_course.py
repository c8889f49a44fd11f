"""The small course in French and in Arabic, beside its English files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from imlcourse.course.translation import mark_of_file
from imlcourse.languages import strings
from small_course import ROOT, write_small_course

MODULE_FR = """\
---
source: @
id: m01
part: 1
title: Qui répond des droits
units: [9, A30]
minutes: {self: 10, session: 45}
objectives:
  - id: m01-o1
    text: Dire qui a le devoir de protéger.
  - id: m01-o2
    text: Juger ce qu’un fonds d’aide juridique rend réel.
---
Une agente demande qui protège. Le document répond au {para}`9`.

:::{situation} Au guichet
Une famille attend. *Qui* doit agir ?
:::

(m01-s1)=
## Qui a le devoir

L’OIM le dit elle-même : {quote}`IOM does not have a legal protection mandate <9>`.
Voir la {term}`protection de facto <de-facto-protection>` et {page}`for-learners`.

:::{misunderstanding} L’OIM décide qui peut rester.
Les États décident.
:::

:::{since} a-resolution
:::

:::{diagram} duty.svg
:alt: Deux cercles
:caption: Deux sortes de protection.
Le cercle de gauche est le mandat, celui de droite l’effet de l’aide.
:::

:::{quiz} m01-s1
:::

(m01-s2)=
## Ce que fait l’aide

:::{case} A30
:place: Indonésie
:who: victimes de la traite et leurs familles
:done: un fonds a payé des avocats
:right: accès à la justice
:open: la suite du procès
:::

| Aide | Droit |
|---|---|
| un avocat | accès à la justice |

:::{keypoints}
- Les États ont le devoir.
:::

:::{quiz} m01-s2
:::

:::{item} m01-i06
:::

:::{worksheet} m01-note
:::
"""

MODULE_AR = """\
---
source: @
id: m01
part: 1
title: من يسأل عن الحقوق
units: [9, A30]
minutes: {self: 10, session: 45}
objectives:
  - id: m01-o1
    text: بيان من عليه واجب الحماية.
  - id: m01-o2
    text: تقدير ما يحققه صندوق المساعدة القانونية.
---
تسأل موظفة عمن يحمي. يجيب المستند في {para}`9`.

:::{situation} عند المكتب
أسرة تنتظر. *من* يتصرف؟
:::

(m01-s1)=
## على من يقع الواجب

تقول المنظمة نفسها: {quote}`IOM does not have a legal protection mandate <9>`.
تحتاج الـحماية الفعلية إلى القانون. انظر {page}`for-learners`.
يَصِل مُهاجِرون إلى الحدود.

:::{misunderstanding} المنظمة تقرر من يبقى.
الدول تقرر.
:::

:::{since} a-resolution
:::

:::{diagram} duty.svg
:alt: دائرتان
:caption: نوعان من الحماية.
الدائرة الأولى هي الولاية، والثانية أثر المساعدة.
:::

:::{quiz} m01-s1
:::

(m01-s2)=
## ما تفعله المساعدة

:::{case} A30
:place: إندونيسيا
:who: ضحايا الاتجار وأسرهم
:done: صندوق دفع أجور المحامين
:right: الوصول إلى العدالة
:open: ما يحدث بعد المحاكمة
:::

| المساعدة | الحق |
|---|---|
| محام | الوصول إلى العدالة |

:::{keypoints}
- الواجب على الدول.
:::

:::{quiz} m01-s2
:::

:::{item} m01-i06
:::

:::{worksheet} m01-note
:::
"""

_BANK = """\
# yaml-language-server: $schema=items.schema.json
source: @
module: m01
pass_mark: 70
quizzes:
  - {id: m01-s1, title: "{0}", items: [m01-i01, m01-i02, m01-i03]}
  - id: m01-s2
    title: "{1}"
    mode: test
    items: [m01-i04, m01-i05]
    blueprint:
      - {objective: m01-o2, items: 1}
worksheets:
  - id: m01-note
    title: "{2}"
    intro: "{3}"
    fields:
      - id: problem
        label: "{4}"
        hint: "{5}"
        words: 20
        model: "{6} {para}`9`."
      - {id: help, label: "{7}", hint: "{8}", words: 30, model: "{9}"}
    rubric:
      - id: duty
        criterion: "{10}"
        levels: ["{11}1.", "{11}2.", "{11}3.", "{11}4."]
        evidence: [{unit: 9, quote: "provide de facto protection for the human rights of migrants"}]
      - id: right
        criterion: "{12}"
        levels: ["{11}1.", "{11}2.", "{11}3.", "{11}4."]
        evidence: [{unit: A30, quote: "become informed regarding rights as a witness"}]
items:
  - id: m01-i01
    type: single
    objective: m01-o1
    level: understand
    stem: "{13}"
    options:
      - text: "{14}"
        correct: true
        feedback: "{11}."
      - {text: "{15}", feedback: "{11}."}
      - {text: "{16}", feedback: "{11}."}
    evidence:
      - {unit: 9, quote: "IOM does not have a legal protection mandate"}
  - id: m01-i02
    type: truefalse
    objective: m01-o1
    level: recall
    stem: "{17}"
    key: true
    feedback:
      true: "{11}."
      false: "{11}."
    evidence:
      - {unit: 9, quote: "it does provide de facto protection for the human rights"}
  - id: m01-i03
    type: multiple
    objective: m01-o1
    level: apply
    stem: "{18}"
    options:
      - {text: "{19}", correct: true, feedback: "{11}."}
      - {text: "{20}", feedback: "{11}."}
      - {text: "{21}", feedback: "{11}."}
    evidence:
      - {unit: 9, quote: "through many of its activities"}
  - id: m01-i04
    type: matching
    objective: m01-o2
    level: apply
    stem: "{22}"
    pairs:
      - {left: "{23}", right: "{24}", feedback: "{11}.", wrong: "{11}!"}
      - {left: "{25}", right: "{26}", feedback: "{11}.", wrong: "{11}!"}
      - {left: "{27}", right: "{28}", feedback: "{11}.", wrong: "{11}!"}
    evidence:
      - {unit: A30, quote: "transportation costs to court and accommodation"}
  - id: m01-i05
    type: ordering
    objective: m01-o2
    level: analyse
    stem: "{29}"
    steps:
      - {text: "{30}", feedback: "{11}."}
      - {text: "{31}", feedback: "{11}."}
      - {text: "{32}", feedback: "{11}."}
    evidence:
      - {unit: A30, quote: "bring civil charges against the suspect and seek compensation"}
  - id: m01-i06
    type: single
    objective: m01-o2
    level: apply
    stem: "{33}"
    options:
      - {text: "{34}", correct: true, feedback: "{11}."}
      - {text: "{35}", feedback: "{11}."}
      - {text: "{36}", feedback: "{11}."}
    evidence:
      - {unit: A30, quote: "IOM also assists partner NGOs in appointing lawyers"}
"""

_WORDS = {
    "fr": [
        "Vérifiez", "Jugez un cas", "Une note", "Écrivez à une ministre.", "Le problème",
        "Les droits de qui sont en jeu.", "L’État a le devoir ; voir", "L’aide",
        "Ce qu’il faut faire.", "Un avocat est payé.", "Le devoir reste à l’État", "C’est dit",
        "Un droit est nommé", "De quel mandat l’OIM manque-t-elle ?", "la protection juridique",
        "l’octroi d’une assistance", "la conduite d’activités", "L’OIM protège dans les faits.",
        "Par quoi l’OIM protège-t-elle ?", "nombre de ses activités", "un mandat légal",
        "des décisions sur demande", "À quel besoin répond chaque paiement ?",
        "représentation en justice", "un avocat au tribunal", "frais de transport",
        "un trajet au tribunal", "hébergement", "un lieu où dormir",
        "Dans quel ordre l’aide mène-t-elle à un droit ?", "La victime apprend ses droits.",
        "Un avocat est payé.", "Une réparation est demandée.",
        "Qui le fonds aide-t-il à nommer des avocats ?", "des ONG partenaires du fonds",
        "les tribunaux de province", "la police à la frontière",
    ],
    "ar": [
        "تحقق من معرفتك", "احكم في حالة", "مذكرة", "اكتب إلى وزيرة.", "المشكلة", "حقوق من هي.",
        "على الدولة واجب؛ انظر", "المساعدة", "ما الذي يجب فعله.", "دفع أجر محام.",
        "الواجب يبقى على الدولة", "هكذا يقول", "حق مذكور", "أي ولاية تفتقر إليها المنظمة؟",
        "الحماية القانونية", "تقديم المساعدات", "إدارة الأنشطة", "المنظمة تحمي بحكم الواقع.",
        "بماذا تحمي المنظمة؟", "كثير من أنشطتها", "ولاية في القانون", "قرارات في الطلبات",
        "أي حاجة تلبيها كل دفعة؟", "التمثيل القانوني", "محام في المحكمة", "تكاليف النقل",
        "طريق إلى المحكمة", "السكن", "مكان للنوم", "بأي ترتيب تؤدي المساعدة إلى حق؟",
        "تتعرف الضحية على حقوقها.", "يدفع أجر محام.", "يطلب التعويض.",
        "من يساعده الصندوق على تعيين محامين؟", "منظمات شريكة له", "محاكم المقاطعة",
        "شرطة الحدود",
    ],
}  # fmt: skip


def _bank(language: str) -> str:
    text = _BANK
    for number, words in reversed(list(enumerate(_WORDS[language]))):
        text = text.replace(f"{{{number}}}", words)
    return text


_GLOSSARY = """\
source: @
terms:
  - id: de-facto-protection
    term: {0}
    definition: "{1} {para}`8`."
    units: [8, 9]
"""

_COURSE = """\
source: @
title: "{0}"
subtitle: "{1}"
parts: {1: "{2}", 2: "{3}", 3: "{4}"}
roles:
"""

ROLES = (
    "border", "labour", "consular", "police", "judges", "reception", "health", "legislators", "ngo",
)  # fmt: skip

_TOC = """\
source: @
format: jb-book
root: index
parts:
  - caption: "{0}"
    chapters:
      - file: modules/m01
      - file: m01-note
  - caption: "{1}"
    chapters:
"""


def _filled(text: str, *words: str) -> str:
    for number, word in enumerate(words):
        text = text.replace(f"{{{number}}}", word)
    return text


def _course(role: str, *words: str) -> str:
    roles = "".join(f'  {name}: {{name: "{role} {n}"}}\n' for n, name in enumerate(ROLES, start=1))
    return _filled(_COURSE, *words) + roles


def files(language: str) -> dict[str, str]:
    """Give the translated files by name, with ``@`` where the mark of the original goes."""
    tag = language.partition("-")[0]
    rest = "".join(
        f"      - file: {name}\n"
        for name in (
            "for-learners", "paragraph-guide", "glossary", "index-of-topics", "my-progress",
            "practise", "case-atlas", "rights-and-activities", "instruments", "time-line",
            "since-2009", "bibliography", "aid-first-hour", "what-is-in-front-of-you",
            "our-rules-here",
        )
    )  # fmt: skip
    french = {
        "modules/m01-who-answers/module.md": MODULE_FR,
        "quizzes/m01.yml": _bank("fr"),
        "book/glossary.yml": _filled(
            _GLOSSARY, "Protection de facto", "Protection que donne l’aide ; voir"
        ),
        "book/course.yml": _course(
            "Rôle", "Les droits des migrants", "Un cours", "Le droit", "La protection", "Le terrain"
        ),
        "book/_toc.yml": _filled(_TOC, "Première partie", "Références") + rest,
        "book/index.md": "---\nsource: @\n---\n# Un petit cours\n\nIl a un module.\n\n"
        "<!-- iml:modules -->\n",
    }
    arabic = {
        "modules/m01-who-answers/module.md": MODULE_AR,
        "quizzes/m01.yml": _bank("ar"),
        "book/glossary.yml": _filled(_GLOSSARY, "حماية فعلية", "حماية تأتي بها المساعدة؛ انظر"),
        "book/course.yml": _course(
            "دور", "حقوق المهاجرين في الممارسة", "دورة تدريبية", "القانون", "الحماية", "الميدان"
        ),
        "book/_toc.yml": _filled(_TOC, "الجزء الأول", "مراجع") + rest,
        "book/index.md": "---\nsource: @\n---\n# دورة صغيرة\n\nفيها وحدة واحدة.\n\n"
        "<!-- iml:modules -->\n",
    }
    return {"fr": french, "ar": arabic}[tag]


def beside(name: str, language: str) -> str:
    """Give the name of the translation of a file."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{language}{dot}{suffix}"


def translate(root: Path, language: str, *names: str) -> Path:
    """Write the translations of a small course into a language: all, or the named ones."""
    for name, text in files(language).items():
        if names and name not in names:
            continue
        mark = mark_of_file(root / name)
        assert mark
        path = root / beside(name, language)
        path.write_text(text.replace("source: @", f"source: {mark}"), "utf-8")
    return root


def translated_course(root: Path, *languages: str) -> Path:
    """Write the small course into a folder, with its translations."""
    write_small_course(root)
    for language in languages or ("fr", "ar"):
        translate(root, language)
    return root


ARABIC_TEXTS = {
    "book.search": "بحث",
    "book.search.label": "البحث في الدورة",
    "book.search.go": "ابحث",
    "book.contents": "المحتويات",
    "player.search.found.zero": "لم يوجد “{query}”.",
    "player.search.found.one": "وجد موضع واحد لـ “{query}”.",
    "player.search.found.two": "وجد موضعان لـ “{query}”.",
    "player.search.found.few": "وجدت {count} مواضع لـ “{query}”.",
    "player.search.found.many": "وجد {count} موضعا لـ “{query}”.",
    "player.search.found.other": "وجد {count} موضع لـ “{query}”.",
    "quote": "«{words}» ({link})",
    "cite.paragraph": "الفقرة {number}",
    "list.separator": "؛ ",
    "list.comma": "، ",
    "items.letters": "أبجدهوزحطيكل",
    "player.check": "تحقق",
    "player.right": "صحيح",
}
FRENCH_TEXTS = {
    "book.search": "Recherche",
    "player.search.found.one": "{count} endroit trouvé pour « {query} ».",
    "player.search.found.other": "{count} endroits trouvés pour « {query} ».",
    "quote": "« {words} » ({link})",
    "cite.paragraph": "paragraphe {number}",
    "player.check": "Vérifier",
}


def with_texts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the interface have some French and Arabic texts, in a copy of the folder of texts."""
    for name in ("en", "fr", "ar"):
        source = ROOT / "scripts" / "imlcourse" / "languages" / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
    for tag, texts in (("fr", FRENCH_TEXTS), ("ar", ARABIC_TEXTS)):
        (folder / tag).mkdir(exist_ok=True)
        path = folder / tag / "small.json"
        path.write_text(json.dumps(texts, ensure_ascii=False, indent=0), "utf-8")
    monkeypatch.setattr(strings, "_FOLDER", folder)
    return folder

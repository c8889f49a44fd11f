"""Arabic.

The article ال and some particles are written as a part of the word behind them, and the signs of
vowels are mostly left out; so neither counts when words are compared.
"""

from __future__ import annotations

import re

from imlcourse.languages.rules.base import Rules, listed

# Patterns are matched on text without the signs of vowels, and with one letter for all kinds of
# alef: see `ALIKE`.
_ALIKE = {"ا": "أإآٱ", "ي": "ى", "ه": "ة"}
_CLAUSE = r"(?:(?!\b(?:لماذا|لان|اذا|ان|عندما|كيف|حيث|الذي|التي|الذين)\b)[^،؛:؟])*?"
_DENIAL = r"\b(?:ليس|ليست|ليسوا|لا|لم|لن|غير)\b"
_NEGATIVE = re.compile(
    rf"\b(?:اي|ايه|ايهما|ما|ماذا|من)\b{_CLAUSE}(?:\b(?:الذي|التي)\b{_CLAUSE})?{_DENIAL}"
)
_EXCEPT = re.compile(r"\b(?:باستثناء|ما عدا|فيما عدا|عدا|سوي)\b")

RULES = Rules(
    "ar",
    question_marks="؟",
    asks_negatively=(_NEGATIVE, _EXCEPT),
    negative_in_bold=re.compile(
        r"\*\*[^*]*(?:ليس|ليست|ليسوا|لا|لم|لن|غير|باستثناء|عدا|سوى)[^*]*\*\*"
    ),
    negative_words_to_bold="ليس",
    lumping=re.compile(
        r"\b(?:جميع|كل|كافه|لا شيء|ليس اي|بعض|اي)(?: من)? "
        r"(?:(?:ما|مما) (?:سبق|ذكر|ورد|تقدم|يلي)|(?:الاجابات|الخيارات|العبارات|الاحتمالات))"
        r"|\b(?:لا شيء|لا اي)(?: من)? ?(?:مما سبق|الاجابات|الخيارات)"
        r"|\b(?:كلا|كلتا) (?:الاجابتين|الخيارين|العبارتين)"
    ),
    lumping_alone=re.compile(
        r"(?:جميعها|كلها|كلاهما|كلتاهما|الاثنان معا|لا شيء منها|لا واحد منها)"
        r"(?: (?:صحيح|صحيحه|خطا|خاطئه))?"
        r"|[ابجده](?: ?،? ?و ?[ابجده])+(?: (?:معا|فقط))?"
    ),
    absolute_words=listed(
        """كل جميع جميعا كافه دائما ابدا فقط مطلقا تماما كليا حصرا قط احد لاشيء كلما
        قطعا"""
    ),
    negative_words=listed("لا لم لن ليس ليست ليسوا غير دون بدون عدم"),
    common_words=listed(
        """الذي التي الذين اللواتي هذا هذه ذلك تلك هولاء اولئك عندما حيث بين تحت فوق امام خلف
        منذ حول خلال ضمن عند لدي لدى لماذا كيف متي اين ايه ماذا مما عما كما لكن ولكن ايضا فقط
        بعض كذلك يكون تكون كانت كان يجب ينبغي يمكن التالي التاليه يلي"""
    ),
    endings=("ات", "ين", "ون", "ان", "ها", "هم", "ه"),
    prefixes=("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال"),
    alike=_ALIKE,
    unmarked=True,
    abbreviations=(),
)

"""English."""

from __future__ import annotations

import re

from imlcourse.languages.rules.base import Rules, listed

# A question that asks for what is not so: "Which of these is not ...?". The word must belong to
# the question itself, so no clause ("... explains why", "... says that") may come before it.
_CLAUSE = r"(?:(?!\b(?:why|that|because|if|when|how|who|whose|where|which|what)\b)[^,;:?])*?"
_NEGATIVE = re.compile(
    rf"\b(?:which|what|who|whom)\b{_CLAUSE}"
    rf"\b(?:is|are|was|were|does|do|did|has|have|had|can|could|may|might|must|should|would|will"
    rf"|shall)(?:n['’]t|not)?\b{_CLAUSE}(?<=\W)(?P<word>not)\b",
    re.IGNORECASE,
)
_SHORTENED = re.compile(
    rf"\b(?:which|what|who|whom)\b{_CLAUSE}"
    r"\b(?:is|are|was|were|does|do|did|has|have|had|could|must|should|would)n['’]t\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\bexcept\b(?!\s+(?:in|where|when|by|under|as)\b)", re.IGNORECASE)

RULES = Rules(
    "en",
    question_marks="?",
    asks_negatively=(_NEGATIVE, _SHORTENED, _EXCEPT),
    negative_in_bold=re.compile(r"\*\*\s*(?:not|except)\b[^*]*\*\*", re.IGNORECASE),
    negative_words_to_bold="NOT",
    lumping=re.compile(
        r"\b(?:all|none|any|both|neither|either|each|two|three|some|most) of (?:the )?"
        r"(?:above|below|preceding|following|(?:other )?(?:answers|options|statements|choices))\b"
        r"|\b(?:both|neither|either) (?:options? |answers? )?[A-G] (?:and|or|nor) [A-G]\b",
        re.IGNORECASE,
    ),
    lumping_alone=re.compile(
        r"(?:all|none|both|neither|any)(?: of (?:these|those|them))?"
        r"(?: (?:is|are) (?:right|correct|true|wrong|false))?"
        r"|(?:only )?(?:options? |answers? )?[A-G](?:, [A-G])*,?(?: (?:and|or|&) [A-G])+(?: only)?",
        re.IGNORECASE,
    ),
    absolute_words=listed(
        """all always completely entirely every everybody everyone everything exclusively never
        nobody none only solely totally whatever whenever whoever"""
    ),
    negative_words=listed("no not nor neither never none cannot without nothing nobody"),
    common_words=listed(
        """about above after against also among another because been before being best between
        both could does done each either else first follow following from give given have having
        here into itself just last least less like made make makes many more most much must next
        nothing once only other others over own rather same shall should since some such than that
        their them then there these they thing things this those through together towards under
        until upon very what when where whether which while whom whose will with within without
        would your"""
    ),
    endings=("s", "es"),
    abbreviations=("no",),
    negations=("un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "a", "anti"),
    spellings=(
        (r"(?<=pract)is", "ic"),
        (r"is(?=(?:e|ed|er|ers|es|ing|ation|ations)$)", "iz"),
        (r"ys(?=(?:e|ed|er|ers|es|ing)$)", "yz"),
        (r"our", "or"),
        (r"([^aeiou])re(?=s?$)", r"\1er"),
        (r"(?<=[ei])nce(?=s?$)", "nse"),
        (r"ll", "l"),
        (r"mme(?=s?$)", "m"),
        (r"(?<=dg)e(?=ment)", ""),
        (r"ogue(?=s?$)", "og"),
        (r"[ao]e", "e"),
    ),
    turns=tuple(
        (name, re.compile(pattern, re.IGNORECASE))
        for name, pattern in (
            ("You may have …", r"(?:^|(?<=[.!?] ))You may (?:have|be|see|take|think)\b"),
            (
                "This takes/reads/makes …",
                r"(?:^|(?<=[.!?] ))This (?:takes|reads|makes|stops|turns|would)\b",
            ),
            ("stands, stood", r"\b(?:stands?|stood)\b"),
            ("lies, lay", r"\b(?:lies|lay)\b"),
            ("is no, knows no …", r"\b(?:is|are|was|knows?|names?|makes?|gives?|has|ends) no\b"),
            ("neither, nor", r"\b(?:neither|nor)\b"),
            (", and not …", r", and (?:not|no|nothing|never|nobody)\b"),
            (
                "ours, as we read it",
                r"\bours\b|\bour (?:reading|advice|own)\b|\bwe (?:read|think)\b",
            ),
            (
                "The paragraph does not …",
                r"\bThe paragraphs? (?:do(?:es)? not|says? nothing|leaves?|names? no)\b",
            ),
            (
                "The document says …",
                r"\bThe (?:document|paragraph|annex|sentence) (?:says|has|is|does|speaks|gives)\b",
            ),
            ("take X for Y", r"\btakes? [^.?!]{3,40} for (?:a|an|the) "),
            ("Measured by …", r"\b(?:Measured|Judged) (?:by|against)\b"),
            ("By paragraph …", r"\bBy (?:paragraphs?|footnotes?)\b|\bAccording to the document\b"),
            ("beside(s)", r"\bbesides?\b"),
            ("has to, have to", r"\b(?:has|have|had) to\b"),
            ("nobody", r"\bnobody\b"),
            ("whoever", r"\bwhoever\b"),
            ("half, halves", r"\b(?:half|halves)\b"),
            (
                "words about words",
                r"\b(?:words?|verbs?|adjectives?|dash|footnotes?|sentences?|articles?)\b",
            ),
        )
    ),
)

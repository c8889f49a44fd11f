"""French."""

from __future__ import annotations

import re

from imlcourse.languages.rules.base import Rules, listed

# As in English: a clause between the question word and the denial takes the denial with it.
_CLAUSE = (
    r"(?:(?!\b(?:pourquoi|parce|puisque|quand|comment|où|dont|si|que|qui)\b|\b(?:qu|s)['’])"
    r"[^,;:?])*?"
)
_ASKED = (
    r"(?:\b(?:lequel|laquelle|lesquels|lesquelles|auquel|duquel|quel|quelle|quels|quelles)\b"
    r"|(?:^|[,:]\s*)(?:qui|que|qu['’]est-ce qui|à qui|de qui)\b)"
)
_WHICH_IS = rf"(?:\b(?:celui|celle)\s+qui\b{_CLAUSE})?"  # « Laquelle est celle qui … »
_NEGATIVE = re.compile(
    rf"{_ASKED}{_CLAUSE}{_WHICH_IS}\b(?:ne\b|n['’]){_CLAUSE}\b(?:pas|jamais|point|aucun|aucune)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:sauf|excepté|hormis|à l['’]exception)\b(?!\s+(?:si|dans|quand|en)\b)", re.IGNORECASE
)

RULES = Rules(
    "fr",
    question_marks="?",
    asks_negatively=(_NEGATIVE, _EXCEPT),
    negative_in_bold=re.compile(
        r"\*\*[^*]*\b(?:pas|ne|jamais|point|aucune?|sauf|excepté|hormis|exception)\b[^*]*\*\*",
        re.IGNORECASE,
    ),
    negative_words_to_bold="PAS",
    lumping=re.compile(
        r"\b(?:toutes?|tous|aucune?|les deux|deux|certaines?|plusieurs)\b"
        r"(?: (?:des|de|les|ces|ses))*"
        r" (?:(?:autres )?(?:réponses|options|propositions|affirmations|choix)"
        r"(?: (?:ci-dessus|précédentes?|proposées|suivantes))?"
        r"|ci-dessus|précédentes?|précédents?|éléments ci-dessus)\b"
        r"|\b(?:ni|soit) (?:la (?:réponse|proposition) )?[A-G],? (?:ni|soit) "
        r"(?:la (?:réponse|proposition) )?[A-G]\b"
        r"|\bà la fois [A-G] et [A-G]\b",
        re.IGNORECASE,
    ),
    lumping_alone=re.compile(
        r"(?:toutes|tous|aucune?|toutes les deux|tous les deux|les deux|ni l['’]une? ni l['’]autre"
        r"|l['’]une? et l['’]autre)(?: d['’]entre (?:elles|eux)| de ces .*)?"
        r"(?: (?:est|sont) (?:justes?|correctes?|vraies?|fausses?|exactes?))?"
        r"|(?:seulement |uniquement )?(?:les )?(?:options? |réponses? |propositions? )?"
        r"[A-G](?:, [A-G])*,?(?: (?:et|ou|&) [A-G])+(?: seulement| uniquement)?",
        re.IGNORECASE,
    ),
    absolute_words=listed(
        """tout tous toute toutes toujours jamais aucun aucune entièrement complètement totalement
        exclusivement uniquement seulement seul seule seuls seules chaque personne rien nul nulle
        quiconque"""
    ),
    negative_words=listed("ne non ni pas point jamais aucun aucune sans rien personne nul nulle"),
    common_words=listed(
        """ainsi alors après aucun aussi autre autres avant avec avoir avons ayant beaucoup bien
        celle celles celui ceux chez chose choses comme comment contre dans dehors depuis dernier
        dessous dessus deux devant doit doivent donc dont elle elles encore entre est-ce être étant
        était étaient faire fait faites font hors jusqu laquelle lequel lesquelles lesquels leur
        leurs lors lorsque mais même mêmes mieux moins notre nous parce parmi pendant peut peuvent
        plus plusieurs pour pourquoi premier première puis quand quel quelle quelles quels quelque
        quelques quoi sans selon sera seront seulement sinon soit sont sous suivant suivante
        suivantes suivants sujet tandis telle telles tels tous tout toute toutes très vers voici
        votre vous"""
    ),
    endings=("s", "x", "e", "es"),
    abbreviations=("art", "cf", "m", "mme", "p", "par", "etc"),
    negations=("in", "im", "il", "ir", "de", "des", "dis", "non", "mal", "anti"),
)

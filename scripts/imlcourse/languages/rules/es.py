"""Spanish."""

from __future__ import annotations

import re

from imlcourse.languages.rules.base import Rules, listed

_CLAUSE = r"(?:(?!\b(?:por qué|porque|que|si|cuando|cómo|como|donde|cuyo|cuya)\b)[^,;:?])*?"
_NEGATIVE = re.compile(
    rf"(?<!por )\b(?:cuál|cuáles|qué|quién|quiénes)\b{_CLAUSE}(?:\bque\b{_CLAUSE})?"
    r"\b(?:no|nunca|tampoco)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:excepto|salvo|menos una?|con excepción)\b(?!\s+(?:si|en|cuando|que)\b)", re.IGNORECASE
)

RULES = Rules(
    "es",
    question_marks="?",
    asks_negatively=(_NEGATIVE, _EXCEPT),
    negative_in_bold=re.compile(
        r"\*\*[^*]*\b(?:no|nunca|tampoco|excepto|salvo|menos)\b[^*]*\*\*", re.IGNORECASE
    ),
    negative_words_to_bold="NO",
    lumping=re.compile(
        r"\b(?:todas?|todos|ningun[ao]|ambas|ambos|algunas|dos)\b(?: (?:de|las|los|estas|estos))*"
        r" (?:(?:otras |demás )?(?:respuestas|opciones|afirmaciones)|anteriores|siguientes"
        r"|de arriba)\b"
        r"|\b(?:ni|tanto) (?:la (?:respuesta|opción) )?[A-G] (?:ni|como) "
        r"(?:la (?:respuesta|opción) )?[A-G]\b",
        re.IGNORECASE,
    ),
    lumping_alone=re.compile(
        r"(?:todas|todos|ningun[ao]|ambas|ambos|las dos|los dos)(?: de (?:ellas|ellos|est[ao]s))?"
        r"(?: (?:es|son) (?:correctas?|ciertas?|verdaderas?|falsas?))?"
        r"|(?:solo |sólo |solamente )?(?:las )?(?:opciones |respuestas )?"
        r"[A-G](?:, [A-G])*,?(?: (?:y|o|&) [A-G])+(?: solamente)?",
        re.IGNORECASE,
    ),
    absolute_words=listed(
        """todo toda todos todas siempre nunca jamás ninguno ninguna ningún nadie nada cada
        completamente enteramente totalmente exclusivamente únicamente solamente solo sólo
        cualquiera quienquiera"""
    ),
    negative_words=listed("no ni nunca jamás ninguno ninguna ningún sin nada nadie tampoco"),
    common_words=listed(
        """además ahora algo alguna algunas alguno algunos antes aquel aquella aquí aunque bajo bien
        cada casi como cómo contra cosa cosas cual cuál cuáles cuales cualquier cuando cuándo cuanto
        debe deben desde después donde dónde durante ella ellas ellos entonces entre esas esos esta
        está estas este esto estos están existe forma fuera había haber hace hacer hacia hasta hecho
        junto llama luego mayor mediante mejor menos mientras mismo misma mucho mucha muchos muchas
        nada ningún ninguna nuestro nuestra otra otras otro otros para pero poco porque primera
        primero puede pueden pues quien quién quiénes sería según será sido siempre siguiente
        siguientes sobre solo sólo también tanto tener tiene tienen todo toda todos todas través
        unas unos usted"""
    ),
    endings=("s", "es"),
    abbreviations=("art", "dr", "dra", "núm", "n", "p", "párr", "sr", "sra", "etc"),
    negations=("in", "im", "i", "des", "dis", "anti"),
)

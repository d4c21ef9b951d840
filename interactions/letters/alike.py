"""Whether two Word files lay out text alike: what holds for a whole file can be said but once."""

from collections.abc import Mapping

from lxml import etree

from .problems import NotTogether
from .wordml import canonical

# What Word notes for itself, and what shows in no letter.
UNSEEN = {
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge"),
    *("revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting"),
    *("documentProtection", "autoFormatOverride", "styleLockTheme", "styleLockQFSet"),
    *("saveThroughXslt", "useXSLTWhenSaving", "saveXmlDataOnly", "hdrShapeDefaults"),
    *("shapeDefaults", "rsids", "docVars", "themeFontLang", "clrSchemeMapping", "attachedSchema"),
    *("decimalSymbol", "listSeparator", "proofState", "formsDesign", "attachedTemplate"),
    *(
        "hideSpellingErrors",
        "hideGrammaticalErrors",
        "activeWritingStyle",
        "docId",
        "chartTrackingRefBased",
    ),
    *("savePreviewPicture", "footnotePr", "endnotePr", "mathPr", "uiCompat97To2003"),
    *("defaultTableStyle", "clickAndTypeStyle", "embedTrueTypeFonts", "saveSubsetFonts"),
    *("updateFields", "forceUpgrade", "smartTagType", "schemaLibrary", "persistentDocumentId"),
    *("conflictMode", "discardImageEditingData", "defaultImageDpi", "alwaysMergeEmptyNamespace"),
}
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
IN_THEME = ("clrScheme", "fontScheme")
Settings = Mapping[str, etree._Element | None]


def look_alike(first: Settings, other: Settings) -> None:
    """Raise `NotTogether` unless text looks the same in both.

    Each has the roots of its `settings` and `theme`, where there are any, and its `background`.
    """
    if _said(first.get("settings")) != _said(other.get("settings")):
        raise NotTogether("settings that differ")
    if _theme(first.get("theme")) != _theme(other.get("theme")):
        raise NotTogether("fonts or colors of the theme that differ")
    if canonical(first.get("background")) != canonical(other.get("background")):
        raise NotTogether("backgrounds that differ")


def _said(settings: etree._Element | None) -> dict[str, object]:
    elements = () if settings is None else settings.iterchildren(etree.Element)
    return {
        element.tag: canonical(element)
        for element in elements
        if etree.QName(element).localname not in UNSEEN
    }


def _theme(theme: etree._Element | None) -> list[object]:
    """The names of the schemes do not matter."""
    if theme is None:
        return []
    schemes = [theme.find(f"{DRAWING}themeElements/{DRAWING}{name}") for name in IN_THEME]
    return [canonical(each) for scheme in schemes if scheme is not None for each in scheme]

"""Filter expressions: Business Central's language for conditions on one value (D4, R30).

    expression = all , { "|" , all } ;
    all        = one , { "&" , one } ;
    one        = "(" , expression , ")" | term ;
    term       = range | [ "@" ] , [ comparison ] , value ;
    range      = [ "@" ] , ( value , ".." , [ value ] | ".." , value ) ;
    comparison = "=" | "<>" | "<" | "<=" | ">" | ">=" ;
    value      = [ "@" ] , ( bare | quoted | "*" | "?" ) , { bare | quoted | "*" | "?" } ;
    quoted     = "'" , { character - "'" | "''" } , "'" ;
    bare       = character - ( "|" | "&" | "(" | ")" | "<" | ">" | "=" ) ;

Spaces around values and signs are of no account. Two full stops end a bare value. A quotation mark
begins quoted text at the beginning of a value and after a wildcard; elsewhere it is an apostrophe.
`*` and `?` are wildcards in quoted text too.
"""

from .error import ExpressionError
from .expression import Expression, parse
from .field import ExpressionField
from .kind import Kind

__all__ = ["Expression", "ExpressionError", "ExpressionField", "Kind", "parse"]

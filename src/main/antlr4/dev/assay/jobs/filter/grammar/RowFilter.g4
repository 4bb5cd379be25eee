// The row expressions of Lake Formation's data cells filters: columns against constants.
grammar RowFilter;

filter : expression EOF ;

expression
    : NOT expression                  # Negated
    | expression AND expression       # Both
    | expression OR expression        # Either
    | '(' expression ')'              # Parenthesised
    | predicate                       # Single
    ;

predicate
    : column operator constant                                  # Comparison
    | column NOT? IN '(' constant (',' constant)* ')'           # Membership
    | column NOT? BETWEEN constant AND constant                 # Range
    | column NOT? LIKE STRING                                   # Likeness
    | column IS NOT? NULL                                       # Absence
    ;

operator : '=' | '<>' | '!=' | '<' | '<=' | '>' | '>=' ;
column : NAME | QUOTED ;
constant : STRING | NUMBER | TRUE | FALSE ;

NOT : N O T ;
AND : A N D ;
OR : O R ;
IN : I N ;
BETWEEN : B E T W E E N ;
LIKE : L I K E ;
IS : I S ;
NULL : N U L L ;
TRUE : T R U E ;
FALSE : F A L S E ;
NAME : [a-zA-Z_] [a-zA-Z0-9_]* ;
QUOTED : '"' ~["\r\n]+ '"' ;
STRING : '\'' ( ~['\r\n] | '\'\'' )* '\'' ;
NUMBER : '-'? [0-9]+ ('.' [0-9]+)? ;
SPACE : [ \t\r\n]+ -> skip ;
OTHER : . ;

fragment A : [aA] ;
fragment B : [bB] ;
fragment D : [dD] ;
fragment E : [eE] ;
fragment F : [fF] ;
fragment I : [iI] ;
fragment K : [kK] ;
fragment L : [lL] ;
fragment N : [nN] ;
fragment O : [oO] ;
fragment R : [rR] ;
fragment S : [sS] ;
fragment T : [tT] ;
fragment U : [uU] ;
fragment W : [wW] ;

// The Data Quality Definition Language, after the reference in the AWS Glue documentation.
// Rule types are plain names here: which exist, and what each takes, is decided in RuleTypes,
// so that a misspelt one gets a message of its own and does not spoil its neighbours.
grammar Dqdl;

ruleset : (about | constant | defaultLabels)* section+ EOF ;

// what other tools keep in a ruleset: read, and left alone
about : (METADATA | DATA_SOURCES) EQ LBRACE (pair (COMMA pair)* COMMA?)? RBRACE ;

pair : STRING COLON (STRING | number | TRUE | FALSE | LBRACK (STRING (COMMA STRING)* COMMA?)? RBRACK) ;

constant : name EQ (STRING | number | LBRACK operand (COMMA operand)* COMMA? RBRACK) ;

defaultLabels : DEFAULT_LABELS EQ labelMap ;

section
    : RULES EQ LBRACK (topRule (COMMA topRule)* COMMA?)? RBRACK          # rulesSection
    | ANALYZERS EQ LBRACK (analyzer (COMMA analyzer)* COMMA?)? RBRACK    # analyzersSection
    ;

analyzer : name parameter* where? ;

topRule : expression labels? ;

// one rule with what ends it, to find out whether it can be read without its neighbours
loneRule : topRule (COMMA | RBRACK) EOF ;

expression
    : LPAREN expression RPAREN           # groupedExpression
    | expression AND expression          # bothExpression
    | expression OR expression           # eitherExpression
    | rule_                              # singleExpression
    ;

// AWS writes labels before the threshold in one place and behind it in another
rule_
    : name parameter* condition? tag* labels?
      (where labels? threshold? | threshold where?)? tag* labels?
    ;

where : WHERE (STRING | CONSTANT) ;

threshold : WITH THRESHOLD condition ;

// how a rule about files chooses and compares them
tag : WITH (name | STRING) EQ tagValue ;

tagValue : STRING | CONSTANT | number | TRUE | FALSE | LBRACK STRING (COMMA STRING)* COMMA? RBRACK ;

labels : LABELS EQ labelMap ;

labelMap : LBRACK (label (COMMA label)* COMMA?)? RBRACK ;

label : STRING EQ STRING ;

parameter : STRING | CONSTANT | name ;

name : IDENTIFIER | sizeUnit ;

condition
    : NOT? BETWEEN operand AND operand                              # betweenCondition
    | NOT? IN LBRACK operand (COMMA operand)* COMMA? RBRACK         # inCondition
    | NOT? IN CONSTANT                                              # inConstantCondition
    | NOT? MATCHES (STRING | CONSTANT)                              # matchesCondition
    | comparison operand                                            # compareCondition
    ;

comparison : EQ | NEQ | GT | GE | LT | LE ;

operand
    : operand (STAR | SLASH) operand                # scaledOperand
    | operand (PLUS | MINUS) operand                # shiftedOperand
    | number unit                                   # durationOperand
    | number sizeUnit                               # sizeOperand
    | number                                        # numberOperand
    | STRING                                        # textOperand
    | CONSTANT                                      # constantOperand
    | (NULL | EMPTY | WHITESPACES_ONLY)             # keywordOperand
    | (TRUE | FALSE)                                # booleanOperand
    | instant                                       # instantOperand
    | LPAREN operand RPAREN                         # groupedOperand
    | name LPAREN arguments? RPAREN                 # dynamicOperand
    ;

arguments : operand (COMMA operand)* ;

instant : NOW LPAREN RPAREN ((PLUS | MINUS) number unit)? ;

unit : DAYS | HOURS | MINUTES ;

sizeUnit : BYTES | KILOBYTES | MEGABYTES | GIGABYTES | TERABYTES ;

number : MINUS? NUMBER ;

RULES : [Rr] 'ules' ;
ANALYZERS : [Aa] 'nalyzers' ;
DEFAULT_LABELS : [Dd] 'efaultLabels' ;
LABELS : [Ll] 'abels' ;
METADATA : 'Metadata' ;
DATA_SOURCES : 'DataSources' ;
WHERE : 'where' | 'WHERE' ;
WITH : 'with' | 'WITH' ;
THRESHOLD : 'threshold' | 'THRESHOLD' ;
NOT : 'not' | 'NOT' ;
BETWEEN : 'between' | 'BETWEEN' ;
IN : 'in' | 'IN' ;
MATCHES : 'matches' | 'MATCHES' ;
AND : 'and' | 'AND' ;
OR : 'or' | 'OR' ;
NULL : 'NULL' | 'null' ;
EMPTY : 'EMPTY' | 'empty' ;
WHITESPACES_ONLY : 'WHITESPACES_ONLY' | 'whitespaces_only' ;
TRUE : 'true' | 'TRUE' ;
FALSE : 'false' | 'FALSE' ;
NOW : 'now' ;
DAYS : 'days' | 'day' ;
HOURS : 'hours' | 'hour' ;
MINUTES : 'minutes' | 'minute' ;
BYTES : 'B' ;
KILOBYTES : 'KB' ;
MEGABYTES : 'MB' ;
GIGABYTES : 'GB' ;
TERABYTES : 'TB' ;

EQ : '=' | '==' ;
NEQ : '!' [ ]* '=' ;
GE : '>=' ;
LE : '<=' ;
GT : '>' ;
LT : '<' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
LBRACE : '{' ;
RBRACE : '}' ;
COLON : ':' ;
LPAREN : '(' ;
RPAREN : ')' ;
LBRACK : '[' ;
RBRACK : ']' ;
COMMA : ',' ;

NUMBER : [0-9]+ ('.' [0-9]+)? ([eE] [+-]? [0-9]+)? | '.' [0-9]+ ;
STRING : '"' (~["\\] | '\\' .)* '"' ;
IDENTIFIER : [A-Za-z_] [A-Za-z0-9_.]* ;
CONSTANT : '$' [A-Za-z_] [A-Za-z0-9_]* ;
COMMENT : ('#' | '//') ~[\r\n]* -> skip ;
SPACE : [ \t\r\n\u00A0\uFEFF]+ -> skip ;
ANY : . ;

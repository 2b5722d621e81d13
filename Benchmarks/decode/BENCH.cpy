      * A tax record of 300 bytes: identifiers, amounts, era dates, kana and kanji.
       01  BENCH-REC.
           05  B-KIND                  PIC X(2).
           05  B-PERSON-NO             PIC 9(10).
           05  B-NOTICE-NO             PIC 9(10).
           05  B-YEAR                  PIC 9(3)    COMP-3.
           05  B-HISTORY               PIC 9(3)    COMP-3.
           05  B-DATE-1                PIC 9(7)    COMP-3.
           05  B-DATE-2                PIC 9(7)    COMP-3.
           05  B-KANA                  PIC X(40).
           05  B-KANJI                 PIC N(20).
           05  B-ADDRESS               PIC N(25).
           05  B-INCOME                OCCURS 8 TIMES PIC S9(11) COMP-3.
           05  B-TAX                   OCCURS 10 TIMES PIC S9(9) COMP-3.
           05  B-ADJUST                PIC S9(7).
           05  B-REFUND                PIC S9(9).
           05  B-CODES                 PIC X(10).
           05  FILLER                  PIC X(12).

      *****************************************************************
      * 収納データ  Receipts: variable length, RDW, Fujitsu JEF
      *****************************************************************
       01  RECEIPT-REC.
           05  RC-KIND                 PIC X(2).
               88  IS-PAYMENT          VALUE '10'.
               88  IS-REFUND           VALUE '20'.
           05  RC-PERSON-NO            PIC 9(10).
           05  RC-DATE                 PIC 9(7)      COMP-3.
           05  RC-NAME                 PIC N(10).
           05  RC-DETAIL.
               10  RC-CHANNEL          PIC X(2).
               10  RC-COUNT            PIC 9(1).
               10  RC-SPLIT            OCCURS 1 TO 4 TIMES
                                       DEPENDING ON RC-COUNT.
                   15  RC-TERM         PIC 9(2).
                   15  RC-AMOUNT       PIC S9(7)     COMP-3.
           05  RC-REFUND REDEFINES RC-DETAIL.
               10  RC-REASON           PIC X(2).
               10  RC-REFUND-AMOUNT    PIC S9(9)     COMP-3.

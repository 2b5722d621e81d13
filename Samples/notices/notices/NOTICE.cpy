      * NOTICE  納税通知書  LRECL=60
       01  NT-REC.
           05  NT-KIND PIC X(2).
           05  NT-PERSON-NO PIC 9(8).
           05  NT-NAME PIC N(5).
           05  NT-YEAR PIC 9(3) COMP-3.
           05  NT-TAX PIC S9(9) COMP-3.
           05  NT-KI OCCURS 2 TIMES.
               10  NT-KI-DUE PIC 9(7) COMP-3.
               10  NT-KI-TAX PIC S9(7) COMP-3.
           05  NT-CODE PIC X(2).
           05  FILLER PIC X(15).

       01  R.
           05  R-COUNT       PIC 9(2).
           05  R-KEY         PIC S9(4) COMP.
           05  R-TABLE OCCURS 0 TO 5 DEPENDING ON R-COUNT.
               10  R-AMOUNT  PIC S9(5)V99 COMP-3.

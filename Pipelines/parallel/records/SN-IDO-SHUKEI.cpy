      * SN-IDO-SHUKEI  調定異動集計表
       01  SN-IDO-SHUKEI-REC.
           05  税目 PIC N(8).
           05  当初 PIC S9(13) COMP-3.
           05  増 PIC S9(13) COMP-3.
           05  減 PIC S9(13) COMP-3.
           05  累計 PIC S9(13) COMP-3.

      * KJ-FUKA-TSUKIWARI  給与特別徴収 月割表
       01  KJ-FUKA-TSUKIWARI-REC.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  宛名番号 PIC X(10).
           05  特別徴収税額 PIC S9(9) COMP-3.
           05  六月 PIC S9(7) COMP-3.
           05  七月 PIC S9(7) COMP-3.
           05  八月 PIC S9(7) COMP-3.
           05  九月 PIC S9(7) COMP-3.
           05  十月 PIC S9(7) COMP-3.
           05  十一月 PIC S9(7) COMP-3.
           05  十二月 PIC S9(7) COMP-3.
           05  一月 PIC S9(7) COMP-3.
           05  二月 PIC S9(7) COMP-3.
           05  三月 PIC S9(7) COMP-3.
           05  四月 PIC S9(7) COMP-3.
           05  五月 PIC S9(7) COMP-3.

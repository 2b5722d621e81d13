      * HJ-SAKUSEI-KENSU  確定申告書 作成件数表
       01  HJ-SAKUSEI-KENSU-REC.
           05  決算月 PIC X(2).
           05  登録法人数 PIC S9(7) COMP-3.

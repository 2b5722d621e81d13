      * KJ-SHIRYO-KENSU  課税資料 登録件数表
       01  KJ-SHIRYO-KENSU-REC.
           05  資料区分 PIC X(2).
           05  受付件数 PIC S9(7) COMP-3.
           05  登録件数 PIC S9(7) COMP-3.
           05  保留件数 PIC S9(7) COMP-3.
           05  未特定件数 PIC S9(7) COMP-3.
           05  エラー件数 PIC S9(7) COMP-3.

      * KJ-NENTOKU-CHUSHI  年金特別徴収 中止データ
       01  KJ-NENTOKU-CHUSHI-REC.
           05  保険者 PIC N(10).
           05  中止件数 PIC S9(7) COMP-3.
           05  死亡件数 PIC S9(7) COMP-3.
           05  転出件数 PIC S9(7) COMP-3.
           05  税額変更件数 PIC S9(7) COMP-3.

      * KJ-NENTOKU-IRAI  年金特別徴収 依頼データ
       01  KJ-NENTOKU-IRAI-REC.
           05  保険者 PIC N(10).
           05  依頼件数 PIC S9(7) COMP-3.
           05  依頼税額 PIC S9(11) COMP-3.

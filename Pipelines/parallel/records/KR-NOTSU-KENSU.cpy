      * KR-NOTSU-KENSU  後期高齢 連携人数表
       01  KR-NOTSU-KENSU-REC.
           05  町字コード PIC X(6).
           05  被保険者数 PIC S9(7) COMP-3.

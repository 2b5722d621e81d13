      * GA-SHIMIN-ETSURAN  閲覧リスト
       01  GA-SHIMIN-ETSURAN-REC.
           05  宛名番号 PIC X(10).
           05  氏名 PIC N(20).
           05  町字コード PIC X(6).
           05  性別 PIC X(1).
           05  生年月日 PIC 9(7) COMP-3.
           05  支援措置 PIC X(1).

      * GA-KAIGO-KENSU  介護保険 連携人数表
       01  GA-KAIGO-KENSU-REC.
           05  町字コード PIC X(6).
           05  被保険者数 PIC S9(7) COMP-3.

      * GA-HOIKU-KENSU  保育 税情報件数表
       01  GA-HOIKU-KENSU-REC.
           05  町字コード PIC X(6).
           05  依頼人数 PIC S9(7) COMP-3.
           05  該当あり PIC S9(7) COMP-3.
           05  該当なし PIC S9(7) COMP-3.

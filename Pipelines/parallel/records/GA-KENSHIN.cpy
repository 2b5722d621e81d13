      * GA-KENSHIN  健診 自己負担免除対象者
       01  GA-KENSHIN-REC.
           05  健診 PIC N(8).
           05  宛名番号 PIC X(10).
           05  町字コード PIC X(6).

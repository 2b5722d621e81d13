      * GA-SHIMIN  町丁別・年齢別 人口表
       01  GA-SHIMIN-REC.
           05  町字コード PIC X(6).
           05  年齢 PIC S9(3) COMP-3.
           05  男 PIC S9(7) COMP-3.
           05  女 PIC S9(7) COMP-3.

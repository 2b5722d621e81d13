      * GA-HOIKU  保育料 階層用所得割一覧
       01  GA-HOIKU-REC.
           05  宛名番号 PIC X(10).
           05  八月所得割 PIC S9(9) COMP-3.
           05  八月階層 PIC X(1).
           05  九月所得割 PIC S9(9) COMP-3.
           05  九月階層 PIC X(1).

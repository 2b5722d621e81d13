      * NN-MENJO  継続免除 所得情報一覧
       01  NN-MENJO-REC.
           05  基礎年金番号 PIC X(10).
           05  宛名番号 PIC X(10).
           05  所得年度 PIC 9(3) COMP-3.
           05  市民税所得 PIC S9(10) COMP-3.
           05  配偶者所得 PIC S9(10) COMP-3.
           05  世帯主所得 PIC S9(10) COMP-3.
           05  扶養人数 PIC S9(2) COMP-3.

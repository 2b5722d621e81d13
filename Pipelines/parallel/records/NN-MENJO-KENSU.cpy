      * NN-MENJO-KENSU  継続免除 四区分件数表
       01  NN-MENJO-KENSU-REC.
           05  所得年度 PIC 9(3) COMP-3.
           05  対象者数 PIC S9(7) COMP-3.
           05  所得あり PIC S9(7) COMP-3.
           05  所得なし PIC S9(7) COMP-3.
           05  未申告 PIC S9(7) COMP-3.
           05  転出 PIC S9(7) COMP-3.

      * NN-SHINTATSU  電子進達 届別件数表
       01  NN-SHINTATSU-REC.
           05  届書 PIC X(4).
           05  受付簿件数 PIC S9(7) COMP-3.

SELECT 宛名番号, 仮特別徴収税額 AS 四月, 仮特別徴収税額 AS 六月, 仮特別徴収税額 AS 八月
FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 仮特別徴収税額 > 0 ORDER BY 宛名番号

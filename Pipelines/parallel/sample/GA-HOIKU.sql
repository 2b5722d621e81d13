-- The levy before credits; until August that of the year before. The steps are those of the state.
SELECT 宛名番号, 八月所得割, 1 + (八月所得割 > 0) + (八月所得割 >= 48600) + (八月所得割 >= 97000) + (八月所得割 >= 169000)
    + (八月所得割 >= 301000) + (八月所得割 >= 397000) AS 八月階層,
  九月所得割, 1 + (九月所得割 > 0) + (九月所得割 >= 48600) + (九月所得割 >= 97000) + (九月所得割 >= 169000)
    + (九月所得割 >= 301000) + (九月所得割 >= 397000) AS 九月階層
FROM (
  SELECT 宛名番号, coalesce(前年.市所得割 + 前年.市税額控除, 0) AS 八月所得割, coalesce(本年.市所得割 + 本年.市税額控除, 0) AS 九月所得割
  FROM 住民
  LEFT JOIN (SELECT * FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 - 1 FROM 年度)) AS 前年 USING (宛名番号)
  LEFT JOIN (SELECT * FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 FROM 年度)) AS 本年 USING (宛名番号)
  WHERE 年齢 >= 18 AND 世帯番号 IN (SELECT 世帯番号 FROM 住民 WHERE 年齢 < 6))
ORDER BY 1

-- The share of costs by income alone: from 1.6 and from 2.2 million yen.
SELECT 宛名番号, coalesce(課税区分, '9') AS 課税区分, 世帯番号 IN (
    SELECT 世帯番号 FROM 住民 JOIN 市民税個人 USING (宛名番号)
    WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 課税区分 IN ('0', '1')) AS 世帯課税, coalesce(合計所得金額, 0) AS 合計所得金額,
  coalesce(公的年金等収入, 0) AS 年金収入, 1 + (coalesce(合計所得金額, 0) >= 1600000) + (coalesce(合計所得金額, 0) >= 2200000) AS 負担割合
FROM 住民 LEFT JOIN (SELECT * FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 FROM 年度)) USING (宛名番号)
WHERE 年齢 >= 65 ORDER BY 1

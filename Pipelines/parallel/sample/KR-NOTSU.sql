-- 9: not declared.
SELECT 宛名番号, coalesce(合計所得金額, 0) AS 合計所得金額, coalesce(課税区分, '9') AS 課税区分
FROM 住民 LEFT JOIN (SELECT * FROM 市民税個人 WHERE 賦課年度 = (SELECT 年度 FROM 年度)) USING (宛名番号)
WHERE 年齢 >= 75 ORDER BY 1

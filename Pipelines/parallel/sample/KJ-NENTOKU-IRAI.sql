SELECT 保険者, count(*) AS 依頼件数, sum(年金特別徴収税額) AS 依頼税額
FROM 市民税個人 JOIN 年金保険者 USING (宛名番号)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 年金特別徴収税額 > 0 GROUP BY 1 ORDER BY 1

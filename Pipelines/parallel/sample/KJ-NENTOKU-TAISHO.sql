SELECT 保険者, count(*) AS "旧.受信件数", sum(年金特別徴収税額 > 0) AS 一致件数, sum(年金特別徴収税額 = 0 AND 住民状態 <> '1') AS 不一致件数,
  sum(年金特別徴収税額 = 0 AND 住民状態 = '1') AS 対象外件数
FROM 市民税個人 JOIN 個人 USING (宛名番号) JOIN 年金保険者 USING (宛名番号)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 公的年金等収入 > 0 AND 年齢 >= 65 GROUP BY 1 ORDER BY 1

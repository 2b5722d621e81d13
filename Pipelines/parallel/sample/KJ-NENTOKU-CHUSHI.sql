SELECT 保険者, sum(住民状態 <> '1' OR 更正事由 <> '00') AS "旧.中止件数", sum(住民状態 = '3') AS 死亡件数,
  sum(住民状態 NOT IN ('1', '3')) AS 転出件数, sum(住民状態 = '1' AND 更正事由 <> '00') AS 税額変更件数
FROM 市民税個人 JOIN 個人 USING (宛名番号) JOIN 年金保険者 USING (宛名番号)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 年金特別徴収税額 > 0 GROUP BY 1 ORDER BY 1

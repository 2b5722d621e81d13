SELECT 資料番号, 課税資料区分 AS 資料区分, 宛名番号, 生年月日, 収入金額, 所得金額, 社会保険料控除額, 採用区分
FROM 個人住民税_課税資料 JOIN 個人 USING (宛名番号)
WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1'
ORDER BY 資料番号

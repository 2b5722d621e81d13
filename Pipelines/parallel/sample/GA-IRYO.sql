SELECT 宛名番号, 生年月日, CASE WHEN 年齢 < 6 THEN '乳幼児' ELSE '義務教育就学児' END AS 範囲 FROM 住民 WHERE 年齢 < 15 ORDER BY 1

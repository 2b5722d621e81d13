SELECT 区分, count(DISTINCT 番号) AS 人数
FROM (
  SELECT '１　世帯' AS 区分, 世帯番号 AS 番号, 1 AS 当たる, 宛名番号 FROM 国保税_被保険者, 年度
  WHERE 賦課年度 = 年度 AND 最新フラグ = '1' AND 資格喪失年月日 = '0000-00-00'
  UNION ALL
  SELECT CASE WHEN 退職区分 = '0' THEN '２　一般' ELSE '３　退職' END, 宛名番号, 1, 宛名番号 FROM 国保税_被保険者, 年度
  WHERE 賦課年度 = 年度 AND 最新フラグ = '1' AND 資格喪失年月日 = '0000-00-00'
  UNION ALL
  SELECT CASE WHEN 年齢 >= 65 THEN '４　前期高齢' ELSE '５　介護２号' END, 宛名番号, 年齢 BETWEEN 40 AND 74, 宛名番号
  FROM 国保税_被保険者 JOIN 個人 USING (宛名番号), 年度
  WHERE 賦課年度 = 年度 AND 最新フラグ = '1' AND 資格喪失年月日 = '0000-00-00')
WHERE 当たる GROUP BY 1 ORDER BY 1

SELECT 軽減区分, count(*) AS 世帯数, sum(被保険者数) AS 人数
FROM (
  SELECT *, max(履歴番号) FROM 国保税_賦課
  WHERE 賦課年度 = (SELECT 年度 FROM 年度) AND 課税更正日 <= (SELECT 年度 FROM 年度) || '-10-20' GROUP BY 相当年度, 通知書番号)
GROUP BY 1 ORDER BY 1

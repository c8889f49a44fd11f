// Writes a record in which some modules are done, and the final test if that is asked for.
([ids, final]) => {
  const at = new Date().toISOString();
  const P = 'imlcourse/1/migrants-rights-in-practice/me/';
  const put=(k,v)=>localStorage.setItem(P+k,JSON.stringify(v));
  for (const m of imlCourse.modules.filter(x=>ids.includes(x.id))) {
    put('read/'+m.id,{v:1,at,sections:{},done:at});
    if (m.quiz) put('attempt/'+m.quiz.id+'/x',{v:1,at,test:m.quiz.id,kind:'module',course:'0.1.0',id:at+'-q'+m.id,begun:at,ended:at,seed:1,place:0,items:[],answers:{},results:{},points:0.9,passed:true});
    for (const i of m.items||[]) if (i[3]!=='held') put('item/'+i[0],{v:1,at,item:i[1],type:'single',response:'a',points:1,tries:1,best:1,shown:false,first:{points:1,at},earlier:[]});
  }
  if (final) put('attempt/final-test/x',{v:1,at,test:'final-test',kind:'final',course:'0.1.0',id:at+'-f',begun:at,ended:at,seed:1,place:0,items:[],answers:{},results:{},points:0.86,passed:true});
}
